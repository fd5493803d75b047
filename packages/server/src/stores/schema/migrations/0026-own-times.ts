import type { Migration } from "./migration.js";

const column = `
ALTER TABLE tollgate.usage_reports ADD COLUMN own_time boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX usage_reports_own_time
  ON tollgate.usage_reports (provider, provider_customer_id, feature, period_start, used_at)
  WHERE own_time AND first_tried_at IS NULL;
`;

/** What is billed for the time at which it was used, and not for that at which it was counted. */
export const ownTimes: Migration = { id: "0026-own-times", apply: (tx) => tx.script(column) };
