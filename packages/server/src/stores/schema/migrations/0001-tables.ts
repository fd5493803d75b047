import type { Migration } from "./migration.js";

const tables = `
CREATE TABLE tollgate.customers (
  customer_id text NOT NULL,
  provider text NOT NULL,
  provider_customer_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (customer_id, provider),
  UNIQUE (provider_customer_id, provider)
);

CREATE TABLE tollgate.subscriptions (
  provider text NOT NULL,
  id text NOT NULL,
  customer_id text NOT NULL,
  started_at timestamptz NOT NULL,
  as_of timestamptz NOT NULL,
  record jsonb NOT NULL,
  PRIMARY KEY (provider, id)
);
CREATE INDEX subscriptions_of_customer ON tollgate.subscriptions (customer_id, started_at, id);

CREATE TABLE tollgate.checkouts (
  id text PRIMARY KEY,
  customer_id text NOT NULL,
  slot text NOT NULL,
  created_at timestamptz NOT NULL,
  position bigint GENERATED ALWAYS AS IDENTITY,
  record jsonb NOT NULL
);
CREATE INDEX checkouts_of_slot ON tollgate.checkouts (customer_id, slot, created_at, position);

CREATE TABLE tollgate.events (
  provider text NOT NULL,
  id text NOT NULL,
  type text NOT NULL,
  occurred_at timestamptz NOT NULL,
  state text NOT NULL,
  received_at timestamptz NOT NULL,
  position bigint GENERATED ALWAYS AS IDENTITY,
  provider_customer_id text,
  unmatched jsonb,
  PRIMARY KEY (provider, id)
);
CREATE INDEX events_unmatched ON tollgate.events (provider_customer_id, provider, occurred_at, position)
  WHERE state = 'unmatched';
`;

export const firstTables: Migration = { id: "0001-tables", apply: (tx) => tx.script(tables) };
