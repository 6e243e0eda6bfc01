/** Keeps one child for each key, in their order. A child whose key existed before is reused. */
export function keepRows(parent: HTMLElement, keys: readonly string[], make: () => HTMLElement): void {
  const old = new Map([...parent.children].map((row) => [(row as HTMLElement).dataset.key, row]));
  if (keys.length === old.size && keys.every((key) => old.has(key))) return;
  const rows = keys.map((key) => {
    const row = (old.get(key) ?? make()) as HTMLElement;
    row.dataset.key = key;
    return row;
  });
  parent.replaceChildren(...rows);
}

/** Sets the texts of a row's cells, in their order; an unchanged cell is not touched. */
export function tellCells(row: Element | undefined, words: readonly string[]): void {
  const cells = [...(row?.querySelectorAll('span, small') ?? [])];
  for (const [at, cell] of cells.entries()) {
    const said = words[at] ?? '';
    if (cell.textContent !== said) cell.textContent = said;
  }
}
