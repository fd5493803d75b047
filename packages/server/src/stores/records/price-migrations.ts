import {
  type DueMigrationEntry,
  type MigrationCounts,
  type MigrationEntry,
  type MigrationEntryState,
  type MigrationPage,
  noMigrationEntries,
  type PriceMigration,
  type PriceMigrationReads,
  packRecord,
  type StoredMigrationEntry,
  type StoredPriceMigration,
  unpackRecord,
} from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

const openStates = "('waiting', 'planned')";

const counted = `coalesce((
  SELECT json_object_agg(state, many) FROM (
    SELECT state, count(*)::integer AS many FROM tollgate.price_migration_entries
    WHERE migration_id = price_migrations.id GROUP BY state
  ) AS states), '{}') AS counts`;

interface MigrationRow {
  readonly place: string;
  readonly record: object;
  readonly counts: Partial<MigrationCounts>;
}

/** In the order of the start; the later one of two at once by its id. */
const placeOfMigration = `to_char(started_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSMS') || ' ' || id`;

interface EntryRow {
  readonly place: string;
  readonly customerId: string;
  readonly state: MigrationEntryState;
  readonly revision: number;
  readonly record: object;
}

const placeOfEntry = "json_build_array(provider, subscription_id)::text";
const entryColumns = `${placeOfEntry} AS place, customer_id AS "customerId", state, revision::integer AS revision, record`;

type Reads = Omit<PriceMigrationReads, "listPricePromises">;

export function createPriceMigrationReads(sql: SqlRunner): Reads {
  return {
    async findPriceMigration(id) {
      const [row] = await sql.query<MigrationRow>(
        `SELECT record, ${counted} FROM tollgate.price_migrations WHERE id = $1`,
        [id],
      );
      return row === undefined ? null : toMigration(row);
    },
    async listPriceMigrations({ after, limit }) {
      const rows = await sql.query<MigrationRow>(
        `SELECT ${placeOfMigration} AS place, record, ${counted} FROM tollgate.price_migrations
         WHERE $1::text IS NULL OR (${placeOfMigration}) COLLATE "C" < $1
         ORDER BY (${placeOfMigration}) COLLATE "C" DESC LIMIT $2`,
        [after, limit + 1],
      );
      return toPage(rows, limit, toMigration);
    },
    async findMigrationEntry({ migrationId, provider, subscriptionId }) {
      const [row] = await sql.query<EntryRow>(
        `SELECT ${entryColumns} FROM tollgate.price_migration_entries
         WHERE migration_id = $1 AND provider = $2 AND subscription_id = $3`,
        [migrationId, provider, subscriptionId],
      );
      return row === undefined ? null : toStoredEntry(row);
    },
    async listMigrationEntries({ migrationId, after, limit }) {
      const rows = await sql.query<EntryRow>(
        `SELECT ${entryColumns} FROM tollgate.price_migration_entries
         WHERE migration_id = $1 AND ${placeOfEntry} COLLATE "C" > $2
         ORDER BY ${placeOfEntry} COLLATE "C" LIMIT $3`,
        [migrationId, after ?? "", limit + 1],
      );
      return toPage(rows, limit, (row) => toStoredEntry(row).entry);
    },
    async listDueMigrationEntries({ provider, at, after, limit }) {
      const rows = await sql.query<EntryRow>(
        `SELECT ${entryColumns} FROM tollgate.price_migration_entries
         WHERE provider = $1 AND state IN ${openStates} AND due_at <= $2 AND ${placeOfEntry} COLLATE "C" > $3
         ORDER BY ${placeOfEntry} COLLATE "C" LIMIT $4`,
        [provider, at, after ?? "", limit + 1],
      );
      return toPage(rows, limit, toStoredEntry);
    },
    async listOpenMigrationEntries(customerIds) {
      const rows = await sql.query<EntryRow>(
        `SELECT ${entryColumns} FROM tollgate.price_migration_entries
         WHERE customer_id = ANY($1::text[]) AND state IN ${openStates}
         ORDER BY ${placeOfEntry} COLLATE "C"`,
        [[...customerIds]],
      );
      return rows.map((row) => toStoredEntry(row).entry);
    },
  };
}

function toPage<Row extends { readonly place: string }, T>(
  rows: readonly Row[],
  limit: number,
  read: (row: Row) => T,
): MigrationPage<T> {
  const page = rows.slice(0, limit);
  return { items: page.map(read), next: rows.length > limit ? (page.at(-1)?.place ?? null) : null };
}

function toMigration({ record, counts }: MigrationRow): StoredPriceMigration {
  return {
    migration: unpackRecord("priceMigration", record),
    counts: { ...noMigrationEntries, ...counts },
  };
}

function toStoredEntry({ customerId, state, revision, record }: EntryRow): StoredMigrationEntry {
  return { entry: { ...unpackRecord("migrationEntry", record), customerId, state }, revision };
}

/** @returns whether there was none of this id */
export async function insertPriceMigration(sql: SqlRunner, migration: PriceMigration): Promise<boolean> {
  const { id, startedAt } = migration;
  const record = JSON.stringify(packRecord("priceMigration", migration));
  const inserted = await sql.query(
    `INSERT INTO tollgate.price_migrations (id, started_at, record) VALUES ($1, $2, $3::jsonb)
     ON CONFLICT DO NOTHING RETURNING 1 AS inserted`,
    [id, startedAt, record],
  );
  return inserted.length === 1;
}

/** How many go with one statement. */
const batchSize = 1_000;

export async function insertMigrationEntries(
  sql: SqlRunner,
  entries: readonly DueMigrationEntry[],
): Promise<void> {
  for (let begin = 0; begin < entries.length; begin += batchSize) {
    const rows = entries.slice(begin, begin + batchSize).map(({ entry, dueAt }) => {
      const { customerId, state, ...record } = entry;
      const { migrationId, provider, subscriptionId } = entry;
      const kept = packRecord("migrationEntry", record);
      return { migrationId, provider, subscriptionId, customerId, state, dueAt, record: kept };
    });
    await sql.query(
      `INSERT INTO tollgate.price_migration_entries
         (migration_id, provider, subscription_id, customer_id, state, due_at, record)
       SELECT one."migrationId", one.provider, one."subscriptionId", one."customerId", one.state, one."dueAt", one.record
       FROM jsonb_to_recordset($1::jsonb) AS one(
         "migrationId" text, provider text, "subscriptionId" text, "customerId" text, state text,
         "dueAt" timestamptz, record jsonb)
       ORDER BY one.provider, one."subscriptionId"
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(rows)],
    );
  }
}

/** @returns whether nobody had saved it since it was read */
export async function replaceMigrationEntry(
  sql: SqlRunner,
  { entry, dueAt }: DueMigrationEntry,
  expectedRevision: number,
): Promise<boolean> {
  const { customerId: _, state, ...record } = entry;
  const { migrationId, provider, subscriptionId } = entry;
  const saved = await sql.query(
    `UPDATE tollgate.price_migration_entries SET state = $4, due_at = $5, record = $6::jsonb, revision = revision + 1
     WHERE migration_id = $1 AND provider = $2 AND subscription_id = $3 AND revision = $7::bigint
     RETURNING 1 AS saved`,
    [
      ...[migrationId, provider, subscriptionId, state, dueAt],
      ...[JSON.stringify(packRecord("migrationEntry", record)), expectedRevision],
    ],
  );
  return saved.length === 1;
}

/** @returns `false` when there is no such migration */
export async function withdrawMigration(
  sql: SqlRunner,
  { id, at }: { readonly id: string; readonly at: string },
): Promise<boolean> {
  const known = await sql.query(
    `UPDATE tollgate.price_migrations
     SET record = jsonb_set(record, '{cancelledAt}', coalesce(nullif(record->'cancelledAt', 'null'), to_jsonb($2::text)))
     WHERE id = $1 RETURNING 1 AS known`,
    [id, at],
  );
  await sql.query(
    `UPDATE tollgate.price_migration_entries
     SET state = 'cancelled', revision = revision + 1 WHERE migration_id = $1 AND state = 'waiting'`,
    [id],
  );
  return known.length === 1;
}

/** What a subscription that moves to another customer takes along. */
export async function moveMigrationEntries(
  sql: SqlRunner,
  {
    provider,
    subscriptionId,
    to,
  }: Pick<MigrationEntry, "provider" | "subscriptionId"> & { readonly to: string },
): Promise<void> {
  await sql.query(
    `UPDATE tollgate.price_migration_entries SET customer_id = $3 WHERE provider = $1 AND subscription_id = $2`,
    [provider, subscriptionId, to],
  );
}
