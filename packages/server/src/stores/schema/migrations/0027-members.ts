import type { Migration } from "./migration.js";

const tables = `
CREATE TABLE tollgate.member_usage (
  customer_id text NOT NULL,
  member_id text NOT NULL,
  feature text NOT NULL,
  period_start timestamptz NOT NULL,
  period_end timestamptz,
  used bigint NOT NULL,
  PRIMARY KEY (customer_id, member_id, feature, period_start)
);
CREATE INDEX member_usage_ended ON tollgate.member_usage (period_end);

CREATE TABLE tollgate.member_limits (
  customer_id text NOT NULL,
  member_id text NOT NULL,
  feature text NOT NULL,
  amount bigint,
  PRIMARY KEY (customer_id, member_id, feature)
);
`;

/** What members used of what their customer may, and the limits that the app set for them. */
export const memberTables: Migration = { id: "0027-members", apply: (tx) => tx.script(tables) };
