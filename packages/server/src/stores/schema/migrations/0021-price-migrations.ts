import type { Migration } from "./migration.js";

const tables = `
CREATE TABLE tollgate.price_migrations (
  id text PRIMARY KEY,
  started_at timestamptz NOT NULL,
  record jsonb NOT NULL
);
CREATE INDEX price_migrations_by_start ON tollgate.price_migrations (started_at, id COLLATE "C");

CREATE TABLE tollgate.price_migration_entries (
  migration_id text NOT NULL,
  provider text NOT NULL,
  subscription_id text NOT NULL,
  customer_id text NOT NULL,
  state text NOT NULL,
  due_at timestamptz NOT NULL,
  revision bigint NOT NULL DEFAULT 1,
  record jsonb NOT NULL,
  PRIMARY KEY (migration_id, provider, subscription_id)
);
CREATE UNIQUE INDEX price_migration_entries_open ON tollgate.price_migration_entries (provider, subscription_id)
  WHERE state IN ('waiting', 'planned');
CREATE INDEX price_migration_entries_due ON tollgate.price_migration_entries (provider, due_at)
  WHERE state IN ('waiting', 'planned');
CREATE INDEX price_migration_entries_of_customer ON tollgate.price_migration_entries (customer_id);

CREATE TABLE tollgate.price_promises (
  customer_id text PRIMARY KEY,
  record jsonb NOT NULL
);
`;

/** Who is moved to another price and how far that is, and who was promised theirs. */
export const priceMigrations: Migration = {
  id: "0021-price-migrations",
  apply: (tx) => tx.script(tables),
};
