import { BillingError } from "@tollgate/core";
import { describe, expect, it } from "vitest";
import type { Driven } from "./driven.js";

export function describeErrors({ driver, table }: Driven, several: boolean): void {
  const raise = (code: string) =>
    `DO $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '${code}'; END $$`;

  describe("an error", () => {
    it.each([
      ["42P01", "SELECT * FROM nowhere.at_all"],
      ["23505", `INSERT INTO ${table} VALUES ('twice', 1), ('twice', 2)`],
      ["22012", "SELECT 1 / 0"],
      ["42601", "SELECT SELECT"],
    ])("of the database rises with its SQLSTATE %s", async (code, statement) => {
      const told = { code, message: expect.stringMatching(/\w/) };
      const alone = await driver()
        .query(statement)
        .catch((error: unknown) => error);
      expect(alone).toBeInstanceOf(Error);
      expect(alone).not.toBeInstanceOf(BillingError);
      expect(alone).toMatchObject(told);
      await expect(driver().query(`${statement} -- $1`, [])).rejects.toMatchObject(told);
      await expect(driver().script(statement)).rejects.toMatchObject(told);
      await expect(driver().transaction((tx) => tx.query(statement))).rejects.toMatchObject(told);
      expect(await driver().query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    });

    it.each(["40001", "40P01", "53100", "53300", "55P03", "57014", "57P01", "58030", "08006"])(
      "that means out of reach, as %s, is store_unavailable with its cause",
      async (code) => {
        const unavailable = { name: "BillingError", code: "store_unavailable", cause: expect.anything() };
        await expect(driver().script(raise(code))).rejects.toMatchObject(unavailable);
        await expect(driver().transaction((tx) => tx.script(raise(code)))).rejects.toMatchObject(unavailable);
        expect(await driver().query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
      },
    );

    it.runIf(several)(
      "is store_unavailable when the connection is cut, and the next statement gets another one",
      async () => {
        const cut = driver().transaction(async (tx) => {
          await tx.query(`INSERT INTO ${table} VALUES ('cut', 1)`);
          await tx.query("SELECT pg_terminate_backend(pg_backend_pid()) AS cut");
        });
        await expect(cut).rejects.toMatchObject({ name: "BillingError", code: "store_unavailable" });
        expect(await driver().query(`SELECT id FROM ${table} WHERE id = 'cut'`)).toEqual([]);
      },
    );

    it.runIf(several)(
      "is store_unavailable, and doesn't end the process, when the connection is cut between two statements",
      async () => {
        const cut = driver().transaction(async (tx) => {
          const [own] = await tx.query<{ readonly pid: number }>("SELECT pg_backend_pid() AS pid");
          await driver().query("SELECT pg_terminate_backend($1::int) AS cut", [own?.pid]);
          await new Promise((resolve) => setTimeout(resolve, 100));
          await tx.query("SELECT 1 AS one");
        });
        await expect(cut).rejects.toMatchObject({ name: "BillingError", code: "store_unavailable" });
        expect(await driver().query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
      },
    );
  });
}
