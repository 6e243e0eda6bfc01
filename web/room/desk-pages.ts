interface Page<Item> {
  found: Item[];
  cursor: string | undefined;
}

const PAGE = 50;

/** Reads as many pages of a list as its button requested. The button is shown while there are more. */
export function pagesOf<Item>(
  more: HTMLElement,
  read: (page: { limit: number; cursor?: string }) => Promise<Page<Item>>,
) {
  let pages = 1;
  let count = 0;
  return {
    read: async (): Promise<Item[]> => {
      const found: Item[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pages; page++) {
        const answer: Page<Item> = await read({ limit: PAGE, ...(cursor && { cursor }) });
        found.push(...answer.found);
        cursor = answer.cursor;
        if (!cursor) break;
      }
      more.hidden = !cursor;
      count = found.length;
      return found;
    },
    /** How many items were read last, with a plus if there are more. */
    count: () => `${count}${more.hidden ? '' : '+'}`,
    onMore: (refresh: () => void) => {
      more.onclick = () => {
        pages++;
        refresh();
      };
    },
  };
}
