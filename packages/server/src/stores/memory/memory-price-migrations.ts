import {
  isOpenEntry,
  type MigrationEntry,
  type MigrationPage,
  noMigrationEntries,
  type PriceMigrationCommands,
  type PriceMigrationReads,
  packRecord,
  type StoredMigrationEntry,
  type StoredPriceMigration,
  unpackRecord,
} from "@tollgate/core";
import { toText } from "./as-text.js";
import { addJobsIn } from "./memory-jobs.js";
import { addCallbacksIn } from "./memory-outbox.js";
import type { KeptEntry, KeptMigration, MemoryState } from "./memory-state.js";
import { keyOf } from "./table.js";

export function createMemoryPriceMigrations(
  state: MemoryState,
): PriceMigrationReads & PriceMigrationCommands {
  return { ...createReads(state), ...createCommands(state) };
}

function createReads(state: MemoryState): PriceMigrationReads {
  const { migrations, entries, promises } = state;
  const entriesBy = (isMeant: (one: KeptEntry) => boolean) =>
    entries
      .all()
      .filter(isMeant)
      .map((one) => ({ place: keyOf(one.provider, one.subscriptionId), one: toStored(one) }))
      .sort((a, b) => (a.place < b.place ? -1 : 1));
  return {
    async findPriceMigration(id) {
      const kept = migrations.get(id);
      return kept === undefined ? null : withCounts(state, kept);
    },
    async listPriceMigrations({ after, limit }) {
      const all = migrations.all().map((kept) => {
        const one = withCounts(state, kept);
        return { place: keyOf(one.migration.startedAt, one.migration.id), one };
      });
      const latest = all.sort((a, b) => (a.place < b.place ? 1 : -1));
      return toPage(
        latest.filter(({ place }) => after === null || place < after),
        limit,
      );
    },
    async findMigrationEntry({ migrationId, provider, subscriptionId }) {
      const kept = entries.get(keyOf(migrationId, provider, subscriptionId));
      return kept === undefined ? null : toStored(kept);
    },
    async listMigrationEntries({ migrationId, after, limit }) {
      const all = entriesBy((one) => one.migrationId === migrationId);
      const { items, next } = toPage(
        all.filter(({ place }) => place > (after ?? "")),
        limit,
      );
      return { items: items.map(({ entry }) => entry), next };
    },
    async listDueMigrationEntries({ provider, at, after, limit }) {
      const due = entriesBy((one) => one.provider === provider && isOpenEntry(one) && one.dueAt <= at);
      return toPage(
        due.filter(({ place }) => place > (after ?? "")),
        limit,
      );
    },
    async listOpenMigrationEntries(customerIds) {
      const open = entriesBy((one) => customerIds.includes(one.customerId) && isOpenEntry(one));
      return open.map(({ one }) => one.entry);
    },
    async listPricePromises(customerIds) {
      const all = promises.all().filter((one) => customerIds.includes(one.customerId));
      const found = all.map(({ text }) => unpackRecord("pricePromise", JSON.parse(text)));
      return found.sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
    },
  };
}

function createCommands(state: MemoryState): PriceMigrationCommands {
  const { migrations, entries, promises } = state;
  return {
    async startPriceMigration({ migration, entries: moved, jobs }) {
      if (migrations.get(migration.id) !== undefined) return "known";
      state.atOnce(() => {
        const text = toText(packRecord("priceMigration", migration));
        migrations.set(migration.id, { text });
        const open = new Set(
          entries
            .all()
            .filter(isOpenEntry)
            .map(({ place }) => place),
        );
        for (const { entry, dueAt } of moved) {
          const kept = toKept(entry, dueAt, 1);
          if (!open.has(kept.place)) entries.set(keyOf(migration.id, ...placeParts(entry)), kept);
        }
        addJobsIn(state, jobs);
      });
      if (jobs.length > 0) state.added("jobs");
      return "started";
    },
    async saveMigrationEntry({ entry, dueAt, expectedRevision, callbacks }) {
      const key = keyOf(entry.migrationId, ...placeParts(entry));
      const kept = entries.get(key);
      if (kept?.revision !== expectedRevision) return "overtaken";
      const { customerId } = kept;
      state.atOnce(() => {
        entries.set(key, toKept({ ...entry, customerId }, dueAt, expectedRevision + 1));
        addCallbacksIn(state, callbacks);
      });
      if (callbacks.length > 0) state.added("callbacks");
      return "saved";
    },
    async cancelPriceMigration({ id, at }) {
      const kept = migrations.get(id);
      if (kept === undefined) return false;
      state.atOnce(() => {
        const migration = unpackRecord("priceMigration", JSON.parse(kept.text));
        const cancelledAt = migration.cancelledAt ?? at;
        migrations.set(id, { text: toText(packRecord("priceMigration", { ...migration, cancelledAt })) });
        for (const one of entries.all().filter(({ migrationId }) => migrationId === id)) {
          if (one.state !== "waiting") continue;
          entries.set(keyOf(id, ...placeParts(one)), {
            ...one,
            ...{ state: "cancelled", revision: one.revision + 1 },
          });
        }
      });
      return true;
    },
    async savePricePromise(promise) {
      const { customerId } = promise;
      promises.set(customerId, { customerId, text: toText(packRecord("pricePromise", promise)) });
    },
    async removePricePromise(customerId) {
      const known = promises.get(customerId) !== undefined;
      promises.delete(customerId);
      return known;
    },
  };
}

function placeParts(one: Pick<MigrationEntry, "provider" | "subscriptionId">) {
  return [one.provider, one.subscriptionId] as const;
}

function toKept(entry: MigrationEntry, dueAt: string, revision: number): KeptEntry {
  const { customerId, state, ...record } = entry;
  const { migrationId, provider, subscriptionId } = entry;
  const text = toText(packRecord("migrationEntry", record));
  const place = keyOf(provider, subscriptionId);
  return { migrationId, provider, subscriptionId, customerId, state, dueAt, revision, text, place };
}

function toStored({ customerId, state, revision, text }: KeptEntry): StoredMigrationEntry {
  return { entry: { ...unpackRecord("migrationEntry", JSON.parse(text)), customerId, state }, revision };
}

function withCounts({ entries }: MemoryState, { text }: KeptMigration): StoredPriceMigration {
  const migration = unpackRecord("priceMigration", JSON.parse(text));
  const counts = { ...noMigrationEntries };
  for (const one of entries.all()) {
    if (one.migrationId === migration.id) counts[one.state] += 1;
  }
  return { migration, counts };
}

function toPage<T>(
  all: readonly { readonly place: string; readonly one: T }[],
  limit: number,
): MigrationPage<T> {
  const page = all.slice(0, limit);
  const next = all.length > limit ? (page.at(-1)?.place ?? null) : null;
  return { items: page.map(({ one }) => one), next };
}

/** As part of a move: what goes with the subscriptions; who was promised a price keeps that. */
export function moveMigratingIn(
  { entries, promises }: MemoryState,
  moved: readonly { readonly provider: string; readonly id: string }[],
  { from, to }: { readonly from: string; readonly to: string },
): void {
  const places = new Set(moved.map(({ provider, id }) => keyOf(provider, id)));
  for (const one of entries.all().filter(({ place }) => places.has(place)))
    entries.set(keyOf(one.migrationId, ...placeParts(one)), { ...one, customerId: to });
  const promise = promises.get(from);
  if (promise === undefined || promises.get(to) !== undefined) return;
  const record = { ...unpackRecord("pricePromise", JSON.parse(promise.text)), customerId: to };
  promises.set(to, { customerId: to, text: toText(packRecord("pricePromise", record)) });
}
