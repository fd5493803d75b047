import { describe, expect, it } from "vitest";
import type { MigrationEntry } from "../../language/price-migration.js";
import type { Store } from "../../ports/store.js";
import { buildMigrationEntry, buildPriceMigration } from "../building/build-migration.js";
import { buildSubscription } from "../building/build-subscription.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

const at = "2026-03-01T00:00:00.000Z";
const later = "2026-03-02T00:00:00.000Z";

export function describePriceMigrations(store: () => Store, second: () => Store | undefined): void {
  const build = (own: Partial<MigrationEntry> = {}) =>
    buildMigrationEntry({
      ...{ provider: unique("provider"), subscriptionId: unique("sub"), customerId: unique("org") },
      ...own,
    });
  async function start(entries: readonly MigrationEntry[], id = unique("migration"), on = store()) {
    const migration = buildPriceMigration({ id });
    const due = entries.map((entry) => ({ entry: { ...entry, migrationId: id }, dueAt: at }));
    const outcome = await on.startPriceMigration({ migration, entries: due, jobs: [] });
    return { id, migration, outcome };
  }
  const entriesOf = async (migrationId: string) =>
    (await store().listMigrationEntries({ migrationId, after: null, limit: 100 })).items;

  describe("startPriceMigration", () => {
    it("writes it with everybody whom it moves, page by page and counted", async () => {
      const provider = unique("provider");
      const entries = ["sub_c", "sub_a", "sub_b"].map((subscriptionId) =>
        build({ provider, subscriptionId }),
      );
      const { id, migration, outcome } = await start(entries);
      expect(outcome).toBe("started");
      const counts = { waiting: 3, planned: 0, applied: 0, skipped: 0, cancelled: 0 };
      expect(await store().findPriceMigration(id)).toEqual({ migration, counts });
      expect(await store().findPriceMigration(unique("migration"))).toBeNull();
      const first = await store().listMigrationEntries({ migrationId: id, after: null, limit: 2 });
      expect(first.items.map(({ subscriptionId }) => subscriptionId)).toEqual(["sub_a", "sub_b"]);
      const rest = await store().listMigrationEntries({ migrationId: id, after: first.next, limit: 2 });
      const [third] = entries;
      expect(rest).toEqual({ items: [{ ...third, migrationId: id }], next: null });
    });

    it("writes nothing where there is one of this id, also of two at once", async () => {
      const id = unique("migration");
      const both = [store(), second() ?? store()].map((on) => start([build()], id, on));
      const outcomes = (await Promise.all(both)).map(({ outcome }) => outcome);
      expect(outcomes.sort()).toEqual(["known", "started"]);
      expect(await entriesOf(id)).toHaveLength(1);
    });

    it("leaves a subscription with the migration that has yet to move it", async () => {
      const entry = build();
      const { id } = await start([entry]);
      const other = await start([entry, build()]);
      expect(await entriesOf(other.id)).toHaveLength(1);
      await store().cancelPriceMigration({ id, at });
      expect(await entriesOf((await start([entry])).id)).toHaveLength(1);
    });

    it("is listed, the latest first", async () => {
      const ids = [unique("migration"), unique("migration")];
      for (const [index, id] of ids.entries()) {
        const migration = buildPriceMigration({ id, startedAt: `2100-01-0${index + 1}T00:00:00.000Z` });
        await store().startPriceMigration({ migration, entries: [], jobs: [] });
      }
      const first = await store().listPriceMigrations({ after: null, limit: 1 });
      expect(first.items.map(({ migration }) => migration.id)).toEqual([ids[1]]);
      const next = await store().listPriceMigrations({ after: first.next, limit: 1 });
      expect(next.items.map(({ migration }) => migration.id)).toEqual([ids[0]]);
    });
  });

  describe("saveMigrationEntry", () => {
    it("saves only what nobody has saved since, and only what is due is handed out", async () => {
      const entry = build();
      const { id: migrationId } = await start([entry]);
      const due = async (time: string) =>
        (
          await store().listDueMigrationEntries({
            ...{ provider: entry.provider, at: time, after: null, limit: 9 },
          })
        ).items;
      const [stored] = await due(at);
      expect(stored?.entry).toEqual({ ...entry, migrationId });
      const next = { ...entry, migrationId, state: "planned", announcedFor: at } as const;
      const write = { entry: next, dueAt: later, expectedRevision: stored?.revision ?? 0, callbacks: [] };
      expect(await store().saveMigrationEntry(write)).toBe("saved");
      expect(await store().saveMigrationEntry(write)).toBe("overtaken");
      expect(await due(at)).toEqual([]);
      expect((await due(later)).map((one) => one.entry)).toEqual([next]);
      expect((await store().findMigrationEntry(next))?.entry).toEqual(next);
      const [again] = await due(later);
      const done = {
        ...write,
        entry: { ...next, state: "applied" },
        expectedRevision: again?.revision ?? 0,
      } as const;
      expect(await store().saveMigrationEntry(done)).toBe("saved");
      expect(await due(later)).toEqual([]);
    });
  });

  describe("cancelPriceMigration", () => {
    it("withdraws what waits, once", async () => {
      const entries = (["waiting", "planned", "applied", "skipped"] as const).map((state) =>
        build({ state }),
      );
      const { id } = await start(entries);
      expect(await store().cancelPriceMigration({ id, at })).toBe(true);
      expect(await store().cancelPriceMigration({ id, at: later })).toBe(true);
      expect(await store().findPriceMigration(id)).toMatchObject({
        migration: { cancelledAt: at },
        counts: { waiting: 0, planned: 1, cancelled: 1, applied: 1, skipped: 1 },
      });
      expect(await store().cancelPriceMigration({ id: unique("migration"), at })).toBe(false);
    });
  });

  describe("price promises", () => {
    it("are kept one for each customer, until they are taken back", async () => {
      const [customerId, other] = [unique("org"), unique("org")];
      const promise = { customerId, until: null, promisedAt: at };
      await store().savePricePromise(promise);
      expect(await store().listPricePromises([customerId, other])).toEqual([promise]);
      await store().savePricePromise({ ...promise, until: later });
      expect(await store().listPricePromises([customerId])).toEqual([{ ...promise, until: later }]);
      expect(await store().removePricePromise(customerId)).toBe(true);
      expect(await store().removePricePromise(customerId)).toBe(false);
      expect(await store().listPricePromises([customerId])).toEqual([]);
    });

    it("go with a subscription that moves to another customer, and so does its place in a migration", async () => {
      const [from, to] = [unique("user"), unique("org")];
      const subscription = buildSubscription({ id: unique("sub"), customerId: from });
      const { provider, id: subscriptionId } = subscription;
      await putSubscription(store(), subscription);
      await store().savePricePromise({ customerId: from, until: null, promisedAt: at });
      const entry = build({ provider, subscriptionId, customerId: from });
      const { id: migrationId } = await start([entry]);
      await store().moveSubscription({ subscriptionId, from, to, at }, () => [subscription]);
      expect(await store().listPricePromises([to])).toEqual([
        { customerId: to, until: null, promisedAt: at },
      ]);
      expect(await store().listOpenMigrationEntries([from])).toEqual([]);
      expect(await store().listOpenMigrationEntries([to])).toEqual([
        { ...entry, migrationId, customerId: to },
      ]);
      // Whoever read it before the move does not give it back.
      const write = { entry: { ...entry, migrationId }, dueAt: at, expectedRevision: 1, callbacks: [] };
      await store().saveMigrationEntry(write);
      expect(await store().listOpenMigrationEntries([to])).toHaveLength(1);
    });

    it("are deleted with the customer, as is their place in a migration", async () => {
      const customerId = unique("org");
      await store().savePricePromise({ customerId, until: null, promisedAt: at });
      const { id } = await start([build({ customerId })]);
      const begun = await store().beginDeletion({
        ...{ customerId, digest: unique("digest"), settlement: "nothing", startedAt: at },
        reference: unique("tollgate:deleted:"),
      });
      const report = { reference: begun.reference, startedAt: at, finishedAt: at, ended: [] };
      await store().finishDeletion({
        deletion: { ...begun, customerId },
        report: { ...report, checkouts: 0, providers: [] },
        callback: ({ reference }) => ({
          id: `${reference}:customer.deleted`,
          type: "customer.deleted",
          data: { customerId, by: "app", ended: [], reference },
        }),
      });
      expect(await store().listPricePromises([customerId])).toEqual([]);
      expect(await entriesOf(id)).toEqual([]);
    });
  });
}
