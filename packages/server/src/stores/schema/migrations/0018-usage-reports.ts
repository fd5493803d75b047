import type { Migration } from "./migration.js";

const table = `
CREATE TABLE tollgate.usage_reports (
  id text PRIMARY KEY DEFAULT gen_random_uuid()::text,
  customer_id text NOT NULL,
  provider text NOT NULL,
  provider_customer_id text NOT NULL,
  feature text NOT NULL,
  period_start timestamptz NOT NULL,
  period_end timestamptz,
  quantity bigint NOT NULL,
  used_at timestamptz,
  first_tried_at timestamptz,
  due_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  error text,
  told_at timestamptz
);
CREATE UNIQUE INDEX usage_reports_open
  ON tollgate.usage_reports (provider, provider_customer_id, feature, period_start) WHERE used_at IS NULL;
CREATE INDEX usage_reports_due ON tollgate.usage_reports (due_at) WHERE used_at IS NOT NULL AND told_at IS NULL;
CREATE INDEX usage_reports_told ON tollgate.usage_reports (told_at) WHERE told_at IS NOT NULL;
CREATE INDEX usage_reports_of_customer ON tollgate.usage_reports (customer_id);
`;

/** What is billed by use, from when it is counted until whoever bills it was told. */
export const usageReports: Migration = { id: "0018-usage-reports", apply: (tx) => tx.script(table) };
