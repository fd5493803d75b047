import type { Migration } from "./migration.js";

const usage = `
CREATE TABLE tollgate.usage (
  customer_id text NOT NULL,
  feature text NOT NULL,
  period_start timestamptz NOT NULL,
  period_end timestamptz,
  used bigint NOT NULL,
  PRIMARY KEY (customer_id, feature, period_start)
);

CREATE TABLE tollgate.usage_keys (
  customer_id text NOT NULL,
  feature text NOT NULL,
  idempotency_key text NOT NULL,
  quantity bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, feature, idempotency_key)
);
CREATE INDEX usage_keys_by_age ON tollgate.usage_keys (recorded_at);
`;

/** The counts of each metered feature, and the keys under which they were counted. */
export const usageTables: Migration = { id: "0007-usage", apply: (tx) => tx.script(usage) };
