import { describe, expect, it } from "vitest";
import type { Callback } from "../../language/callback.js";
import type { SeatRecord } from "../../language/seats.js";
import type { SeatWrite } from "../../ports/store/seats.js";
import type { SubscriptionSave } from "../../ports/store/subscriptions.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { buildCallback, buildEventHead, buildSettlement } from "../building/builders.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";
import { dueJobs } from "./work-off.js";

const [at, later] = ["2026-03-10T12:00:00.000Z", "2026-03-10T13:00:00.000Z"];

export function describeSeats(store: () => Store, second: () => Store | undefined): void {
  const build = (overrides: Partial<SeatRecord> = {}): SeatRecord => ({
    ...{ customerId: unique("org"), group: "main", count: 7, since: at, countedAt: at, earlier: [] },
    ...{ carried: null, attempts: 0, problem: null, told: null },
    ...overrides,
  });
  const save = (record: SeatRecord, more: Partial<SeatWrite> = {}, of = store()) =>
    of.saveSeats({ record, dueAt: null, expectedRevision: null, callbacks: [], ...more });
  const facts = (customerId: string) => store().readAccessFacts(customerId, ["stripe"], new Date(at));

  describe("saveSeats", () => {
    it("saves what is new, and what nobody has saved since it was read, with what access is decided from", async () => {
      const record = build({ earlier: [{ count: 5, since: "2026-03-10T11:00:00.000Z" }] });
      const { customerId } = record;
      expect(await store().listSeats(customerId)).toEqual([]);
      expect(await facts(customerId)).not.toHaveProperty("seats");
      expect(await save(record)).toBe("saved");
      expect(await save(record)).toBe("overtaken");
      expect(await store().listSeats(customerId)).toEqual([{ record, dueAt: null, revision: 1 }]);
      const more = { ...record, count: 8, told: { quantity: 8, next: null } };
      expect(await save(more, { expectedRevision: 1, dueAt: later })).toBe("saved");
      expect(await save(more, { expectedRevision: 1 })).toBe("overtaken");
      expect(await store().listSeats(customerId)).toEqual([{ record: more, dueAt: later, revision: 2 }]);
      expect(await save({ ...more, group: "devices", count: 3 })).toBe("saved");
      expect((await store().listSeats(customerId)).map(({ record: { group } }) => group)).toEqual([
        "devices",
        "main",
      ]);
      expect((await facts(customerId)).seats).toEqual({ devices: 3, main: 8 });
      expect(await save(build({ customerId: unique("org") }), { expectedRevision: 3 })).toBe("overtaken");
    });

    it("lets one of several at once save, with its callbacks", async () => {
      const record = build();
      await save(record);
      const { customerId } = record;
      const data = { customerId, planId: "team", group: "main", provider: "stripe", subscriptionId: "sub_1" };
      const ids = Array.from({ length: 6 }, () => unique("callback"));
      const outcomes = await Promise.all(
        ids.map((id, n) => {
          const told = { ...data, used: n, quantity: n, previousQuantity: 7, next: null };
          const callback: Callback = { id, type: "seats.changed", data: told };
          const more = { expectedRevision: 1, callbacks: [callback] };
          return save({ ...record, count: n }, more, n % 2 === 0 ? store() : (second() ?? store()));
        }),
      );
      expect(outcomes.filter((one) => one === "saved")).toHaveLength(1);
      const winner = outcomes.indexOf("saved");
      expect((await store().listSeats(customerId)).map((one) => one.record.count)).toEqual([winner]);
      const { callbacks } = await store().listCallbacks({ customerId, limit: 10 });
      expect(callbacks.map(({ id }) => id)).toEqual([ids[winner]]);
    });
  });

  describe("the seats of a customer", () => {
    const [moved, deleted] = [{ count: 7 }, { count: 3 }];

    it("go with a subscription that moves, unless the other one has their own", async () => {
      const [from, to] = [unique("user"), unique("org")];
      const subscription = buildSubscription({ id: unique("sub"), customerId: from });
      await putSubscription(store(), subscription);
      const move = { subscriptionId: subscription.id, from, to, at };
      const record = build({ customerId: from, ...moved });
      await save(record, { dueAt: at });
      await save(build({ customerId: from, group: "devices" }));
      await save(build({ customerId: to, group: "devices", count: 2 }));
      await store().moveSubscription(move, () => [subscription]);
      expect(await store().listSeats(from)).toEqual([]);
      expect(
        (await store().listSeats(to)).map(({ dueAt, record: { group, count } }) => [group, count, dueAt]),
      ).toEqual([
        ["devices", 2, null],
        ["main", 7, at],
      ]);
      expect((await store().listSeats(to))[1]?.record).toEqual({ ...record, customerId: to });
      // Whoever read them before the move saves nothing.
      expect(await save(record, { expectedRevision: 1 })).toBe("overtaken");
    });

    it("are deleted with them, and not saved meanwhile", async () => {
      const customerId = unique("org");
      const record = build({ customerId, ...deleted });
      await save(record, { dueAt: at });
      const begun = await store().beginDeletion({
        ...{ customerId, digest: unique("digest"), settlement: "nothing", startedAt: at },
        reference: unique("tollgate:deleted:"),
      });
      expect(await save(record, { expectedRevision: 1 })).toBe("overtaken");
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
      expect(await store().listSeats(customerId)).toEqual([]);
    });
  });

  describe("a subscription that is saved with seats due", () => {
    const [before, now] = ["2026-03-10T11:00:00.000Z", later];
    const looksAt = async (customerIds: readonly string[]) => {
      const jobs = (await dueJobs(store())).map(({ job }) => job);
      return customerIds.filter((customerId) =>
        jobs.some((job) => job.type === "settle_seats" && job.customerId === customerId),
      );
    };
    const dueOf = async (customerId: string) =>
      (await store().listSeats(customerId)).map(({ dueAt, revision }) => [dueAt, revision]);
    /** Somebody whose subscription is stored, with members or without. */
    async function settle(dueAt?: string | null) {
      const customerId = unique("org");
      const subscription = buildSubscription({ id: unique("sub"), customerId });
      await putSubscription(store(), subscription);
      if (dueAt !== undefined) await save(build({ customerId }), { dueAt });
      const stored = await store().findStoredSubscription(subscription.id, subscription.provider);
      return {
        customerId,
        save: { subscription, expectedRevision: stored?.revision ?? null, seatsDueAt: now },
      };
    }
    const tell = (write: { readonly save: SubscriptionSave }, callbacks: readonly Callback[] = []) =>
      store().settleEvent(
        buildSettlement({ head: buildEventHead({ id: unique("evt") }), save: write.save, callbacks }),
      );

    it("has them looked at by an event, one by one and in a burst, where there are any", async () => {
      const all = [await settle(null), await settle(before), await settle(), await settle(null)] as const;
      const [alone, ...burst] = all;
      expect(await tell(alone)).toBe("settled");
      const outcomes = await Promise.all(burst.map((one) => tell(one, [buildCallback(unique("callback"))])));
      expect(outcomes).toEqual(["settled", "settled", "settled"]);
      const due = await Promise.all(all.map(({ customerId }) => dueOf(customerId)));
      expect(due).toEqual([[[now, 2]], [[before, 2]], [], [[now, 2]]]);
      const ids = all.map(({ customerId }) => customerId);
      expect(await looksAt(ids)).toEqual([ids[0], ids[1], ids[3]]);
    });

    it("has them looked at where it was read, and nobody's where it is overtaken or nothing concerns them", async () => {
      const [read, overtaken, unconcerned] = [await settle(null), await settle(null), await settle(null)];
      const write = { ...read.save, callbacks: [], jobs: [] };
      expect(await store().saveSubscription(write)).toBe("saved");
      const late = { ...overtaken.save, expectedRevision: "99" };
      expect(await store().saveSubscription({ ...late, callbacks: [], jobs: [] })).toBe("overtaken");
      expect(await tell({ save: late })).toBe("overtaken");
      const plain = { ...unconcerned.save, seatsDueAt: null };
      expect(await tell({ save: plain })).toBe("settled");
      const ids = [read, overtaken, unconcerned].map(({ customerId }) => customerId);
      expect(await Promise.all(ids.map(dueOf))).toEqual([[[now, 2]], [[null, 1]], [[null, 1]]]);
      expect(await looksAt(ids)).toEqual([read.customerId]);
    });
  });

  describe("listDueSeats", () => {
    it("lists what is due, the longest due first", async () => {
      const [first, second, waiting, settled] = [build(), build(), build(), build()];
      await save(second, { dueAt: at });
      await save(first, { dueAt: "2026-03-10T11:00:00.000Z" });
      await save(waiting, { dueAt: later });
      await save(settled);
      const own = new Set([first, second, waiting, settled].map(({ customerId }) => customerId));
      const due = await store().listDueSeats({ at, limit: 1000 });
      const ids = due.map(({ record }) => record.customerId).filter((id) => own.has(id));
      expect(ids).toEqual([first.customerId, second.customerId]);
      expect(await store().listDueSeats({ at, limit: 1 })).toHaveLength(1);
    });
  });
}
