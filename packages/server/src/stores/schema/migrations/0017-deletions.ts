import type { Migration } from "./migration.js";

const table = `
CREATE TABLE tollgate.deletions (
  reference text PRIMARY KEY,
  digest text NOT NULL,
  customer_id text,
  settlement text NOT NULL,
  started_at timestamptz NOT NULL,
  report jsonb
);
CREATE UNIQUE INDEX deletions_running ON tollgate.deletions (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX deletions_by_digest ON tollgate.deletions (digest, started_at);
CREATE INDEX customers_of_customer ON tollgate.customers (customer_id);
`;

/** Customers who are being deleted, and what was done for those who were: without a name, and under a reference. */
export const deletions: Migration = { id: "0017-deletions", apply: (tx) => tx.script(table) };
