/**
 * Whether a header `Accept` prefers CSV to JSON (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1). JSON is answered where both are
 * as good, and where neither is acceptable, as for every other route.
 */
export function prefersCsv(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const ranges = accept.split(',').map(rangeOf);
  return qualityOf(ranges, 'text', 'csv') > qualityOf(ranges, 'application', 'json');
}

interface Range {
  range: string;
  quality: number;
}

function rangeOf(text: string): Range {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => /^q\s*=/.test(parameter))?.split('=')[1] ?? '1';
  const quality = Number(weight.trim());
  return { range, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

/** The quality of a media type, by the most specific range that names it. */
function qualityOf(ranges: readonly Range[], type: string, subtype: string): number {
  const by = (range: string) => ranges.find((one) => one.range === range)?.quality;
  return by(`${type}/${subtype}`) ?? by(`${type}/*`) ?? by('*/*') ?? 0;
}
