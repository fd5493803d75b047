import { installJobEngine } from "../../jobs/job-engine.js";
import { deadJobQueue, jobQueue } from "../../jobs/job-queue.js";
import type { Migration } from "./migration.js";

const tables = `
CREATE TABLE tollgate.callbacks (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL UNIQUE,
  customer_id text NOT NULL,
  type text NOT NULL,
  data jsonb NOT NULL,
  state text NOT NULL DEFAULT 'waiting',
  attempts integer NOT NULL DEFAULT 0,
  last_error jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
CREATE INDEX callbacks_waiting ON tollgate.callbacks (customer_id, position) WHERE state = 'waiting';
CREATE INDEX callbacks_dead ON tollgate.callbacks (position) WHERE state = 'dead';
CREATE INDEX callbacks_of_customer ON tollgate.callbacks (customer_id, position);
CREATE INDEX callbacks_finished ON tollgate.callbacks (finished_at) WHERE state <> 'waiting';

CREATE TABLE tollgate.callback_leases (
  customer_id text PRIMARY KEY,
  holder uuid NOT NULL,
  expires_at timestamptz NOT NULL
);
`;

/** Callbacks that were jobs themselves become rows; the sweep wakes their customers. */
const takeOver = `
INSERT INTO tollgate.callbacks (id, customer_id, type, data)
SELECT data->>'id', data->'data'->>'customerId', data->>'type', data->'data'
FROM tollgate_jobs.job WHERE name = 'callbacks' AND state < 'completed' ORDER BY created_on
ON CONFLICT DO NOTHING;
`;

/** Where earlier releases put a job for each customer with callbacks to be run; their instances still do. */
const drainQueue = "callbacks_of_customer";

export const outbox: Migration = {
  id: "0003-outbox",
  async apply(tx) {
    await tx.script(tables);
    await tx.script(takeOver);
    const engine = await installJobEngine(tx);
    for (const old of ["callbacks", "callbacks_dead"]) await engine.deleteQueue(old);
    await engine.createQueue(drainQueue);
    await engine.createQueue(deadJobQueue);
    await engine.createQueue(jobQueue, { name: jobQueue, deadLetter: deadJobQueue });
  },
};
