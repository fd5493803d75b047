import type { Migration } from "./migration.js";

/**
 * Days are midnights in UTC. `history_totals` names the place up to which everything is in the totals. Of whoever had
 * changes of revenue pruned, `history_pruned` keeps when they first paid, and until when only the totals know them.
 */
const tables = `
CREATE TABLE tollgate.history_totals (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  position bigint NOT NULL
);
INSERT INTO tollgate.history_totals (position) VALUES (0);
CREATE TABLE tollgate.revenue_days (
  day timestamptz NOT NULL,
  currency text NOT NULL,
  kind text NOT NULL,
  ending text NOT NULL,
  delta bigint NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (day, currency, kind, ending)
);
CREATE TABLE tollgate.cohort_days (
  day timestamptz NOT NULL,
  cohort timestamptz NOT NULL,
  currency text NOT NULL,
  kind text NOT NULL,
  ending text NOT NULL,
  delta bigint NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (day, cohort, currency, kind, ending)
);
CREATE TABLE tollgate.fact_days (
  day timestamptz NOT NULL,
  currency text NOT NULL,
  kind text NOT NULL,
  status text NOT NULL,
  count bigint NOT NULL,
  amount bigint NOT NULL,
  PRIMARY KEY (day, currency, kind, status)
);
CREATE TABLE tollgate.history_pruned (
  customer_id text NOT NULL,
  currency text NOT NULL,
  began timestamptz NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (customer_id, currency)
);
CREATE INDEX history_moved ON tollgate.history (occurred_at) INCLUDE (customer_id, currency) WHERE delta <> 0;
`;

/** What the history adds up to, day by day: figures are read from it, and it outlives what is pruned. */
export const historyTotals: Migration = { id: "0029-history-totals", apply: (tx) => tx.script(tables) };
