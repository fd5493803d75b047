import { describe, expect, it } from "vitest";
import type { SqlRunner } from "../driver/sql-driver.js";
import type { Driven } from "./driven.js";

export function describeTransactions({ driver, table }: Driven, several: boolean): void {
  const insert = (sql: SqlRunner, id: string) => sql.query(`INSERT INTO ${table} VALUES ($1, 1)`, [id]);
  const find = (sql: SqlRunner, id: string) => sql.query(`SELECT id FROM ${table} WHERE id = $1`, [id]);
  const pid = async (sql: SqlRunner) => (await sql.query("SELECT pg_backend_pid() AS pid"))[0];

  describe("a transaction", () => {
    it("commits, and resolves to what the work resolves to", async () => {
      const result = { of: "the work" };
      const given = await driver().transaction(async (tx) => {
        await insert(tx, "committed");
        await tx.script(`UPDATE ${table} SET number = 2 WHERE id = 'committed'; SELECT 1;`);
        return result;
      });
      expect(given).toBe(result);
      expect(await driver().query(`SELECT number FROM ${table} WHERE id = 'committed'`)).toEqual([
        { number: 2 },
      ]);
    });

    it("rolls back when the work rejects, and rejects with the same error", async () => {
      const error = new Error("of the work");
      const cut = driver().transaction(async (tx) => {
        await insert(tx, "rolled back");
        throw error;
      });
      expect(await cut.catch((caught: unknown) => caught)).toBe(error);
      expect(await find(driver(), "rolled back")).toEqual([]);
    });

    it("does not count as committed when a statement failed, whatever the work does about that", async () => {
      const cut = driver().transaction(async (tx) => {
        await insert(tx, "swallowed");
        await tx.query("SELECT 1 / 0").catch(() => undefined);
        return "done";
      });
      await expect(cut).rejects.toMatchObject({ code: "22012" });
      expect(await find(driver(), "swallowed")).toEqual([]);
    });

    it("is at READ COMMITTED", async () => {
      const [row] = await driver().transaction((tx) =>
        tx.query("SELECT current_setting('transaction_isolation') AS isolation"),
      );
      expect(row).toEqual({ isolation: "read committed" });
    });

    it("has one connection, and hides what it writes until it commits", async () => {
      await driver().transaction(async (tx) => {
        const mine = await pid(tx);
        await insert(tx, "hidden");
        expect(await find(tx, "hidden")).toEqual([{ id: "hidden" }]);
        if (several) expect(await find(driver(), "hidden")).toEqual([]);
        expect(await pid(tx)).toEqual(mine);
      });
      expect(await find(driver(), "hidden")).toEqual([{ id: "hidden" }]);
    });

    it.runIf(several)("does not wait for another one, and has its own connection", async () => {
      const pids = await driver().transaction(async (first) => {
        const other = await driver().transaction(async (second) => {
          await insert(second, "of another");
          return pid(second);
        });
        expect(await find(first, "of another")).toEqual([{ id: "of another" }]);
        return [await pid(first), other];
      });
      expect(pids[0]).not.toEqual(pids[1]);
    });
  });
}
