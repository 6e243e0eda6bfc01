/** The page's element with this id; throws if there is none. */
export function byId<Type extends Element = HTMLElement>(id: string): Type {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}`);
  return found as unknown as Type;
}

/** Creates an element with properties and children. Text stays text. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** One row of a list: its key, all that it shows, and how to create it. */
export interface Row {
  key: string;
  shows: unknown;
  make: () => HTMLLIElement;
}

/** Shows rows in a list. An unchanged row keeps its element, so that the focus is not lost. */
export function showRows(list: HTMLElement, rows: readonly Row[]): void {
  const old = new Map(
    [...list.children].map((child) => [(child as HTMLElement).dataset.key, child as HTMLElement]),
  );
  const items = rows.map((row) => {
    const shows = JSON.stringify(row.shows);
    const was = old.get(row.key);
    if (was?.dataset.shows === shows) return was;
    const made = row.make();
    Object.assign(made.dataset, { key: row.key, shows });
    return made;
  });
  if (items.length === list.children.length && items.every((item, at) => item === list.children[at])) return;
  const back = focusIn(list);
  list.replaceChildren(...items);
  back();
}

/** Remembers which button of which row has the focus; returns a function that restores it. */
function focusIn(list: HTMLElement): () => void {
  const active = document.activeElement;
  if (!list.contains(active)) return () => {};
  const row = active?.closest('li');
  const key = row?.dataset.key;
  const at = [...(row?.querySelectorAll('button') ?? [])].indexOf(active as HTMLButtonElement);
  return () => {
    const now = [...list.children].find((child) => (child as HTMLElement).dataset.key === key);
    const buttons = now?.querySelectorAll('button');
    (buttons?.[at] ?? buttons?.[0])?.focus();
  };
}
