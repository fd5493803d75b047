import type { Migration } from "./migration.js";

// An account changes with every use: room on its page keeps those changes out of the indexes.
const tables = `
CREATE SEQUENCE tollgate.credits_revisions;
CREATE TABLE tollgate.credits_accounts (
  customer_id text NOT NULL,
  credit text NOT NULL,
  record jsonb NOT NULL,
  due_at timestamptz,
  revision bigint NOT NULL DEFAULT nextval('tollgate.credits_revisions'),
  PRIMARY KEY (customer_id, credit)
) WITH (fillfactor = 50);
CREATE INDEX credits_accounts_due ON tollgate.credits_accounts (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE tollgate.credits_holds (
  customer_id text NOT NULL,
  credit text NOT NULL,
  id text NOT NULL,
  record jsonb NOT NULL,
  expires_at timestamptz NOT NULL,
  settled_at timestamptz,
  PRIMARY KEY (customer_id, credit, id)
);
CREATE INDEX credits_holds_open ON tollgate.credits_holds (customer_id, credit, expires_at) WHERE settled_at IS NULL;
CREATE INDEX credits_holds_settled ON tollgate.credits_holds (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE tollgate.credits_entries (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id text NOT NULL,
  credit text NOT NULL,
  kind text NOT NULL,
  key text,
  grant_id text,
  amount bigint NOT NULL,
  at timestamptz NOT NULL,
  record jsonb NOT NULL
);
CREATE INDEX credits_entries_of_customer ON tollgate.credits_entries (customer_id, credit, position);
CREATE UNIQUE INDEX credits_entries_keys ON tollgate.credits_entries (customer_id, credit, key) WHERE key IS NOT NULL;
CREATE INDEX credits_entries_reclaimed ON tollgate.credits_entries (customer_id, credit, grant_id)
  WHERE kind IN ('taken_back', 'given_back');
`;

/** What customers have of the catalog's credits, what is reserved of it, and the ledger of how it came to that. */
export const creditsTables: Migration = { id: "0023-credits", apply: (tx) => tx.script(tables) };
