import type { Migration } from "./migration.js";

/**
 * What plans granted; and the plans of each subscription in a column that the database derives, so that every save
 * keeps it true. It hardly ever changes, so an update still leaves the indexes alone.
 */
const pushedPlans = `
CREATE TABLE tollgate.pushed_plans (
  plan_id text PRIMARY KEY,
  version integer NOT NULL,
  record jsonb NOT NULL,
  pushed_at timestamptz NOT NULL
);

ALTER TABLE tollgate.subscriptions
  ADD COLUMN plan_ids jsonb GENERATED ALWAYS AS (jsonb_path_query_array(record, '$.items[*].planId')) STORED;
CREATE INDEX subscriptions_of_plan ON tollgate.subscriptions (plan_ids, customer_id) WHERE live;
`;

export const pushedPlansTable: Migration = { id: "0009-pushed-plans", apply: (tx) => tx.script(pushedPlans) };
