/** A value as a block of JSON. */
export const json = (value: unknown) => `\`\`\`json\n${compact(value)}\n\`\`\``;

/** Keeps lists and objects that fit on one line on it. */
function compact(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value, null, 1)?.replace(/\n\s*/g, ' ') ?? '';
  if (typeof value !== 'object' || value === null || flat.length + indent.length < 100) return flat;
  const deeper = `${indent}  `;
  const members = Object.entries(value).filter(([, held]) => held !== undefined);
  const lines = Array.isArray(value)
    ? value.map((item) => deeper + compact(item, deeper))
    : members.map(([name, held]) => `${deeper}"${name}": ${compact(held, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

export function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
}
