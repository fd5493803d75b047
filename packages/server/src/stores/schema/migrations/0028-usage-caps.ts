import type { Migration } from "./migration.js";

const table = `
CREATE TABLE tollgate.usage_caps (
  customer_id text NOT NULL,
  feature text NOT NULL,
  set_by text NOT NULL,
  cap jsonb,
  PRIMARY KEY (customer_id, feature, set_by)
);
`;

/** How far customers' use may go beyond what is included, where that was set for one of them; no cap: any number. */
export const usageCaps: Migration = { id: "0028-usage-caps", apply: (tx) => tx.script(table) };
