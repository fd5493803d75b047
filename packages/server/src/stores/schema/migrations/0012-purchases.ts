import type { Migration } from "./migration.js";

const tables = `
CREATE TABLE tollgate.purchases (
  provider text NOT NULL,
  checkout_id text NOT NULL,
  customer_id text NOT NULL,
  purchased_at timestamptz NOT NULL,
  record jsonb NOT NULL,
  PRIMARY KEY (provider, checkout_id)
);
CREATE INDEX purchases_of_customer ON tollgate.purchases (customer_id);
`;

/** What was bought once, for as long as the database lives. */
export const purchasesTable: Migration = { id: "0012-purchases", apply: (tx) => tx.script(tables) };
