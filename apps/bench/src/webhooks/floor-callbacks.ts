import type { Pool } from "pg";
import { openPool, runOn } from "../postgres/databases.js";
import type { Contender, ContenderSettings } from "./contender.js";
import { claim, receive, tables, upsert } from "./floor.js";

const outbox = `
CREATE TABLE callbacks (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  data jsonb NOT NULL,
  done_at timestamptz
);
CREATE INDEX ON callbacks (position) WHERE done_at IS NULL;
`;

const statement = `
WITH ${claim}, upserted AS (${upsert}
  RETURNING stored.id, stored.customer, stored.status, stored.price, stored.quantity, stored.period_end)
INSERT INTO callbacks (data) SELECT to_jsonb(upserted) FROM upserted`;

const take = `
SELECT position, data FROM callbacks WHERE done_at IS NULL ORDER BY position LIMIT 100 FOR UPDATE SKIP LOCKED`;

const finish = "UPDATE callbacks SET done_at = now() WHERE position = ANY($1)";

/**
 * The least that could be correct with callbacks: a row for each in the statement that upserts, and a worker that takes
 * a batch, calls the function for each in order, and marks them done, all in one transaction: if it dies, they are
 * begun again.
 */
export async function openFloorCallbacks(settings: ContenderSettings): Promise<Contender> {
  await runOn(settings.databaseUrl, tables, outbox);
  const pool = openPool(settings.databaseUrl);
  let told = 0;
  const worker = startWorker(pool, () => {
    told += 1;
  });
  return { ...receive(settings, pool, statement, worker.wake), told: () => told };
}

/** Works whenever it is woken; what comes while it works is in the next batch. */
function startWorker(pool: Pool, call: (data: object) => void) {
  let woken = false;
  let working = false;
  async function work(): Promise<void> {
    working = true;
    while (woken) {
      woken = false;
      while ((await workOnce(pool, call)) > 0);
    }
    working = false;
  }
  return {
    wake(): void {
      woken = true;
      if (!working) void work();
    },
  };
}

async function workOnce(pool: Pool, call: (data: object) => void): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query<{ position: string; data: object }>({ name: "take", text: take });
    for (const { data } of rows) call(data);
    const values = [rows.map(({ position }) => position)];
    if (rows.length > 0) await client.query({ name: "finish", text: finish, values });
    await client.query("COMMIT");
    return rows.length;
  } finally {
    client.release();
  }
}
