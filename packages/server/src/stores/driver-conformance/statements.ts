import { describe, expect, it } from "vitest";
import type { Driven } from "./driven.js";

const values = `SELECT true AS flag, 7::int2 AS small, -7 AS number, 1.5::float8 AS float, 'Grüße, 世界' AS text,
  NULL::text AS nothing, '{"a": [1, null, {"b_c": "2026-03-01T00:00:00Z"}]}'::jsonb AS json,
  to_json('2026-03-01 12:00:00.123+05:45'::timestamptz)::text::timestamptz = '2026-03-01T06:15:00.123Z' AS same,
  '[true]'::json AS list, 42::int8 AS long, 1.25::numeric AS exact, 'name'::name AS name,
  '6d1c1f6e-1f5e-4e59-9d6c-1f2f3a4b5c6d'::uuid AS uuid, now() AS at`;

export function describeStatements({ driver, table }: Driven): void {
  describe("statements", () => {
    it("return values as the store reads them", async () => {
      const [row] = await driver().query<Record<string, unknown>>(values);
      const { long, exact, at, ...others } = row ?? {};
      expect(others).toEqual({
        ...{ flag: true, small: 7, number: -7, float: 1.5, text: "Grüße, 世界", nothing: null, same: true },
        ...{ json: { a: [1, null, { b_c: "2026-03-01T00:00:00Z" }] }, list: [true], name: "name" },
        uuid: "6d1c1f6e-1f5e-4e59-9d6c-1f2f3a4b5c6d",
      });
      expect([Number(long), Number(exact)]).toEqual([42, 1.25]);
      expect(at === null || at === undefined).toBe(false);
    });

    it.each<[name: string, type: string, value: unknown, expected: unknown]>([
      ["a text with everything in it", "text", `'"\\ $1 {a,b} \n ü 世`, `'"\\ $1 {a,b} \n ü 世`],
      ["an empty text", "text", "", ""],
      ["null", "text", null, null],
      ["a text like a time", "text", "2026-03-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z"],
      ["a text like a number", "text", "0042", "0042"],
      ["a number", "int", 42, 42],
      ["a fraction", "float8", 0.25, 0.25],
      ["a boolean", "boolean", false, false],
      ["a time", "timestamptz", new Date("2026-03-01T06:15:00.123Z"), "2026-03-01T06:15:00.123Z"],
      ["texts", "text[]", ["a,b", 'c"d', "{}", "", "NULL"], ["a,b", 'c"d', "{}", "", "NULL"]],
      ["no texts", "text[]", [], []],
      ["JSON as text", "jsonb", '{"a":[1]}', { a: [1] }],
      ["a JSON's null", "jsonb", "null", null],
      ["a long number as text", "bigint", "1", 1],
    ])("take %s", async (_name, type, value, expected) => {
      const [row] = await driver().query<{ readonly back: unknown }>(
        `SELECT to_json($1::${type}${type === "timestamptz" ? " AT TIME ZONE 'UTC'" : ""}) AS back`,
        [value],
      );
      const back = type === "timestamptz" ? new Date(`${String(row?.back)}Z`).toISOString() : row?.back;
      expect(back).toEqual(expected);
    });

    it("return what they write, and nothing where there is nothing", async () => {
      const insert = `INSERT INTO ${table} VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id`;
      expect(await driver().query(insert, ["statements", 1])).toEqual([{ id: "statements" }]);
      expect(await driver().query(insert, ["statements", 1])).toEqual([]);
      expect(await driver().query(`UPDATE ${table} SET number = 2 WHERE id = $1`, ["statements"])).toEqual(
        [],
      );
    });

    it("may be prepared, and are then the same with other values", async () => {
      const find = (n: number) =>
        driver().query("SELECT $1::int + 1 AS next", [n], "driver_conformance_next");
      expect(await Promise.all([1, 2, 3].map(find))).toEqual([[{ next: 2 }], [{ next: 3 }], [{ next: 4 }]]);
      expect(
        await driver().transaction((tx) =>
          tx.query("SELECT $1::int + 1 AS next", [4], "driver_conformance_next"),
        ),
      ).toEqual([{ next: 5 }]);
    });

    it("are all run in a script, or none", async () => {
      await driver().script(
        `INSERT INTO ${table} VALUES ('script; 1', 1); INSERT INTO ${table} VALUES ('script; 2', 2);`,
      );
      const cut = driver().script(`INSERT INTO ${table} VALUES ('script; 3', 3); SELECT 1 / 0;`);
      await expect(cut).rejects.toMatchObject({ code: "22012" });
      const rows = await driver().query(`SELECT id FROM ${table} WHERE id LIKE 'script%' ORDER BY id`);
      expect(rows).toEqual([{ id: "script; 1" }, { id: "script; 2" }]);
    });
  });
}
