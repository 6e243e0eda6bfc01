/**
 * A cell that begins so may be a formula for a spreadsheet, also after spaces and in full width, as some input methods write it:
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/u;
/** A text that begins with an apostrophe gets another one, so that no two texts have the same cell. */
const ESCAPED = /^'/;
/** Spreadsheets also take tabs, semicolons and bars for separators, unless they are in quotes. */
const NEEDS_QUOTES = /[",;|\s]/;

type Cell = string | number | boolean | undefined;

/**
 * One record of CSV (https://www.rfc-editor.org/rfc/rfc4180). A text that a spreadsheet would run as a formula begins with an apostrophe,
 * which makes it a text. A reader that wants the text itself removes one apostrophe from the beginning of a cell that has one.
 */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(cell: Cell): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell);
  const text = FORMULA.test(cell) || ESCAPED.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
