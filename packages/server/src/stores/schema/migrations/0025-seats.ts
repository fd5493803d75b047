import type { Migration } from "./migration.js";

const table = `
CREATE TABLE tollgate.seats (
  customer_id text NOT NULL,
  group_name text NOT NULL,
  count integer NOT NULL,
  due_at timestamptz,
  revision bigint NOT NULL DEFAULT 1,
  record jsonb NOT NULL,
  PRIMARY KEY (customer_id, group_name)
);
CREATE INDEX seats_due ON tollgate.seats (due_at) WHERE due_at IS NOT NULL;
`;

/** How many members customers have, and how far they are billed. */
export const seatsTable: Migration = { id: "0025-seats", apply: (tx) => tx.script(table) };
