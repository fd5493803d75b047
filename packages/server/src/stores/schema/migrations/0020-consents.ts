import type { Migration } from "./migration.js";

const table = `
CREATE TABLE tollgate.consents (
  provider text NOT NULL,
  checkout_id text NOT NULL,
  customer_id text NOT NULL,
  subscription_id text,
  agreed_at timestamptz NOT NULL,
  record jsonb NOT NULL,
  PRIMARY KEY (provider, checkout_id)
);
CREATE INDEX consents_of_customer ON tollgate.consents (customer_id);
CREATE INDEX consents_of_subscription ON tollgate.consents (provider, subscription_id)
  WHERE subscription_id IS NOT NULL;
`;

/** What was agreed to at checkouts, for as long as the database lives. */
export const consentsTable: Migration = { id: "0020-consents", apply: (tx) => tx.script(table) };
