import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTable, newestFirst, newestOf } from "./table.js";

type Row = { id: string; value: number };

const id = fc.constantFrom("a", "b", "c", "d", "1", "__proto__x");
const step = fc.oneof(
  fc.record({ put: id, value: fc.nat() }),
  fc.record({ remove: id }),
  fc.record({ change: id, value: fc.nat() }),
);

const numbered = (count: number) => {
  const table = createTable<Row>();
  for (let value = 0; value < count; value++) table[`row_${value}`] = { id: `row_${value}`, value };
  return table;
};

const valuesOf = (rows: Iterable<Row> | undefined) => rows && [...rows].map(({ value }) => value);

describe("a table", () => {
  it("has its rows in the order in which they came, whatever was changed and deleted", () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const table = createTable<Row>();
        const expected: Row[] = [];
        for (const one of steps) {
          if ("remove" in one) delete table[one.remove];
          else {
            const key = "put" in one ? one.put : one.change;
            table[key] = { id: key, value: one.value };
          }
          const gone = "remove" in one ? one.remove : undefined;
          const key = "put" in one ? one.put : "change" in one ? one.change : "";
          const place = expected.findIndex((row) => row.id === (gone ?? key));
          if (gone !== undefined) expected.splice(place, place < 0 ? 0 : 1);
          else if (place < 0) expected.push(table[key] as Row);
          else expected[place] = table[key] as Row;
        }
        expect([...newestFirst(table)]).toEqual(expected.reverse());
        expect(JSON.parse(JSON.stringify(table))).toEqual(
          Object.fromEntries(expected.map((row) => [row.id, row])),
        );
      }),
    );
  });

  it("knows the place of a row that is gone", () => {
    const table = numbered(4);
    delete table.row_2;
    expect(valuesOf(newestFirst(table).olderThan("row_2"))).toEqual([1, 0]);
    expect(valuesOf(newestFirst(table).newerThan("row_2"))).toEqual([3]);
    expect(newestFirst(table).olderThan("row_9")).toBeUndefined();
  });

  it("knows the place of a row among some others", () => {
    const table = numbered(6);
    const [zero, , two, , four] = Object.values(table) as [Row, Row, Row, Row, Row];
    const some = newestOf(table, [four, zero, two]);
    expect(valuesOf(some)).toEqual([4, 2, 0]);
    expect(valuesOf(some.olderThan("row_3"))).toEqual([2, 0]);
    expect(valuesOf(some.newerThan("row_2"))).toEqual([4]);
  });

  it("looks at no more rows than are taken", () => {
    let looked = 0;
    const rows = newestFirst(numbered(1000)).filter(({ value }) => {
      looked++;
      return value % 2 === 0;
    });
    for (const { value } of rows.map((row) => row)) if (value < 990) break;
    expect(looked).toBeLessThan(15);
  });
});
