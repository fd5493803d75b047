import type { Migration } from "./migration.js";

/**
 * What a run has seen is kept beside the subscriptions, not in them: marking a million of those would rewrite each of
 * them, and make every fresh read believe that it was overtaken.
 */
const tables = `
CREATE TABLE tollgate.reconciliations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider text NOT NULL,
  lane text NOT NULL,
  scope text NOT NULL,
  repair boolean NOT NULL,
  phase text NOT NULL,
  cursor text,
  checked bigint NOT NULL,
  found bigint NOT NULL,
  repaired bigint NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  holder text,
  held_until timestamptz
);
CREATE INDEX reconciliations_of_provider ON tollgate.reconciliations (provider, lane, started_at);

CREATE TABLE tollgate.reconciliation_sightings (
  reconciliation_id bigint NOT NULL REFERENCES tollgate.reconciliations (id) ON DELETE CASCADE,
  subscription_id text NOT NULL,
  PRIMARY KEY (reconciliation_id, subscription_id)
);
`;

export const reconcileTables: Migration = { id: "0005-reconcile", apply: (tx) => tx.script(tables) };
