import type { Attempts } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

/** Far longer than any provider remembers a key: Stripe does for a day. */
const keptDays = 30;

export function createAttempts(sql: SqlRunner): Attempts {
  return {
    async advanceAttempt(key, from) {
      const [row] = await sql.query<{ readonly number: number }>(
        `INSERT INTO tollgate.attempts AS stored (key, number) VALUES ($1, $2 + 1)
         ON CONFLICT (key) DO UPDATE SET number = greatest(stored.number, excluded.number), changed_at = now()
         RETURNING number`,
        [key, from],
      );
      if (row === undefined) throw new Error("An upsert gave no row.");
      return row.number;
    },
    async pruneAttempts() {
      await sql.query("DELETE FROM tollgate.attempts WHERE changed_at < now() - make_interval(days => $1)", [
        keptDays,
      ]);
    },
  };
}
