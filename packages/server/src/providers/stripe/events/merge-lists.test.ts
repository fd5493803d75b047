import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeLists } from "./merge-lists.js";

interface Item {
  readonly id: string;
  readonly created: number;
}

/** Reads as Stripe does: a number of items after a given one, the newest first. */
function reader(lists: readonly (readonly Item[])[], size: number) {
  return async (list: number, after: string | null) => {
    const all = lists[list] ?? [];
    const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
    return { data: all.slice(start, start + size), has_more: all.length > start + size };
  };
}

async function readAll(lists: readonly (readonly Item[])[], size: number, first: string | null = null) {
  const pages: (readonly Item[])[] = [];
  let after = first;
  do {
    const { items, next } = await mergeLists(lists.length, after, reader(lists, size));
    pages.push(items);
    after = next;
    if (pages.length > 500) expect.fail("The pages have no end.");
  } while (after !== null);
  return pages;
}

const listsOf = (times: readonly (readonly number[])[]): Item[][] =>
  times.map((list, index) =>
    list.toSorted((a, b) => b - a).map((created, place) => ({ id: `evt_${index}_${place}`, created })),
  );

describe("mergeLists", () => {
  it("returns every item once, the newest first across all pages, each list in its own order", async () => {
    const times = fc.array(fc.array(fc.nat(12), { maxLength: 20 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: 1, max: 5 }), async (some, size) => {
        const lists = listsOf(some);
        const pages = await readAll(lists, size);
        const items = pages.flat();
        expect(items.map(({ created }) => created)).toEqual(
          lists
            .flat()
            .map(({ created }) => created)
            .sort((a, b) => b - a),
        );
        for (const list of lists) expect(items.filter((item) => list.includes(item))).toEqual(list);
        // Only the last page has less than a whole page of the list that ran out.
        for (const page of pages.slice(0, -1)) expect(page.length).toBeGreaterThanOrEqual(size);
      }),
    );
  });

  it("continues correctly when something new came in front of the lists meanwhile", async () => {
    const [first = [], second = []] = listsOf([
      [9, 7, 5, 3],
      [8, 6, 4, 2],
    ]);
    const { items, next } = await mergeLists(2, null, reader([first, second], 2));
    const grown = [[{ id: "evt_new", created: 10 }, ...first], second];
    const rest = await readAll(grown, 2, next);
    expect([...items, ...rest.flat()].map(({ created }) => created)).toEqual([9, 8, 7, 6, 5, 4, 3, 2]);
  });

  it("continues from a place that was written when there was only one list", async () => {
    const lists = listsOf([
      [9, 7, 5],
      [8, 6],
    ]);
    const pages = await readAll(lists, 10, "evt_0_0");
    expect(pages.flat().map(({ created }) => created)).toEqual([8, 7, 6, 5]);
  });

  it("asks nothing more of a list that is at its end", async () => {
    const lists = listsOf([[9, 8, 7, 6, 5, 4], [10], []]);
    const asked: number[] = [];
    const read = reader(lists, 2);
    let after: string | null = null;
    do {
      const page: { readonly next: string | null } = await mergeLists(lists.length, after, (list, from) => {
        asked.push(list);
        return read(list, from);
      });
      after = page.next;
    } while (after !== null);
    expect(asked.sort()).toEqual([0, 0, 0, 1, 2]);
  });
});
