/** What is listed, the newest first. */
interface Listed {
  readonly id: string;
  /** In seconds. */
  readonly created: number;
}

interface List<T extends Listed> {
  /** The last one of it that a page had; `null`: none yet. */
  last: string | null;
  items: readonly T[];
  /** Whether there is more of it than `items`. */
  hasMore: boolean;
  given: number;
}

/** A list that is used up. */
const done = "-";

/**
 * One page of several lists as if they were one, the newest first. It ends where a list that has more runs out, because
 * what comes next in that one is not known; what was read of the others beyond that is read again.
 *
 * @param after a page's `next`; also the id that ended a page when there was only one list
 * @param read one page of a list, after an item
 */
export async function mergeLists<T extends Listed>(
  count: number,
  after: string | null,
  read: (
    list: number,
    startingAfter: string | null,
  ) => Promise<{ readonly data: readonly T[]; readonly has_more: boolean }>,
): Promise<{ readonly items: readonly T[]; readonly next: string | null }> {
  const places = after === null ? [] : after.split(",");
  const lists: List<T>[] = [];
  for (let index = 0; index < count; index += 1) {
    const last = places[index] || null;
    const page = last === done ? { data: [], has_more: false } : await read(index, last);
    lists.push({ last, items: page.data, hasMore: page.has_more, given: 0 });
  }
  const items: T[] = [];
  while (!lists.some(isRunOut)) {
    const newest = findNewest(lists);
    if (newest === null) break;
    items.push(newest.item);
    newest.list.given += 1;
    newest.list.last = newest.item.id;
  }
  const isOver = lists.every((list) => !list.hasMore && list.given === list.items.length);
  return { items, next: isOver ? null : lists.map(placeOf).join(",") };
}

function isRunOut<T extends Listed>({ given, items, hasMore }: List<T>): boolean {
  return hasMore && given === items.length;
}

function findNewest<T extends Listed>(lists: readonly List<T>[]) {
  let newest: { readonly list: List<T>; readonly item: T } | null = null;
  for (const list of lists) {
    const item = list.items[list.given];
    if (item !== undefined && (newest === null || item.created > newest.item.created)) {
      newest = { list, item };
    }
  }
  return newest;
}

function placeOf<T extends Listed>({ last, given, items, hasMore }: List<T>): string {
  return !hasMore && given === items.length ? done : (last ?? "");
}
