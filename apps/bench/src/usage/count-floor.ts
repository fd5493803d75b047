import type { Pool } from "pg";
import { appCustomerOf } from "../events/subject.js";
import type { Spread, UsageSettings } from "./usage-kind.js";

const table = `
CREATE TABLE public.counters (customer_id text PRIMARY KEY, used bigint NOT NULL);
INSERT INTO public.counters SELECT 'org_' || lpad(n::text, 10, '0'), 0 FROM generate_series(0, `;

/** The least that can't be overspent: one prepared statement on a row that is there. It counts a retry twice. */
export async function openFloorCounts(pool: Pool, { population }: UsageSettings) {
  await pool.query(`${table}${population - 1}) AS n`);
  const text =
    "UPDATE public.counters SET used = used + 1 WHERE customer_id = $1 AND used + 1 <= $2 RETURNING used";
  let uses = 0;
  return async (spread: Spread) => {
    uses += 1;
    const customer = appCustomerOf(spread === "hot" ? 0 : uses % population);
    const { rows } = await pool.query({ name: "count", text, values: [customer, 1_000_000_000] });
    if (rows.length !== 1) throw new Error("A use was not counted.");
  };
}
