import { beforeAll, describe, expect, it, vi } from "vitest";
import { type Callback, callbackTypes } from "../../language/callback.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { buildBrokenJob, buildCallback, buildEventHead, buildSettlement } from "../building/builders.js";
import { putCallbacks } from "../building/put-callbacks.js";
import { unique } from "./unique.js";
import { failed, idsOf, released, runAll, succeeded, takeOf, untouched } from "./work-off.js";

const patience = { timeout: 10_000, interval: 100 };

export function describeCallbacks(store: () => Store): void {
  const of = (customerId: string) => buildCallback(unique("callback"), buildSubscription({ customerId }));
  const enqueue = (...callbacks: readonly Callback[]) => putCallbacks(store(), callbacks);
  const recordOf = async ({ id, data }: Callback) => {
    const page = await store().listCallbacks({ customerId: data.customerId, limit: 50 });
    return page.callbacks.find((one) => one.id === id);
  };

  describe("takeCallbacks", () => {
    beforeAll(() => store().hearCallbacks(callbackTypes));

    it("hands out each callback after the command, exactly as it was added, and to one who asks", async () => {
      const odd = buildSubscription({ customerId: "__proto__", startedAt: "2026-02-28T23:59:59.999Z" });
      const sent = [buildCallback(unique("first"), odd), of(unique("org"))];
      await enqueue(...sent);
      const customers = sent.map(({ data }) => data.customerId);
      const taken = await takeOf(store(), customers);
      expect(new Map(taken.map(({ callback }) => [callback.id, callback]))).toEqual(
        new Map(sent.map((callback) => [callback.id, callback])),
      );
      expect(taken.map(({ attempts }) => attempts)).toEqual([1, 1]);
      expect(await takeOf(store(), customers)).toEqual([]);
      await store().endCallbacks(taken.map((one) => ({ taken: one, end: succeeded })));
      expect(await takeOf(store(), customers)).toEqual([]);
    });

    it("hands out nothing of a command that failed", async () => {
      const lost = of(unique("org"));
      const head = buildEventHead({ id: unique("evt") });
      const jobs = [buildBrokenJob("it failed on the way")];
      const failing = store().settleEvent(buildSettlement({ head, callbacks: [lost], jobs }));
      await expect(failing).rejects.toThrow("it failed on the way");
      expect(await takeOf(store(), [lost.data.customerId])).toEqual([]);
    });

    it("hands out one of a customer at a time, in the order in which they were added, and says when there is another", async () => {
      const [ada, bob] = [unique("ada"), unique("bob")];
      const [a1, a2, b1] = [of(ada), of(ada), of(bob)];
      await enqueue(a1, a2, b1);
      const first = await takeOf(store(), [ada, bob]);
      expect(new Set(idsOf(first))).toEqual(new Set([a1.id, b1.id]));
      for (const taken of first) {
        const isAda = taken.callback.id === a1.id;
        expect(await store().endCallbacks([{ taken, end: succeeded }])).toBe(isAda);
      }
      expect(idsOf(await takeOf(store(), [ada, bob]))).toEqual([a2.id]);
    });

    it("runs a long row of one customer's in order, without a pause", async () => {
      const ada = unique("ada");
      const row = Array.from({ length: 15 }, () => of(ada));
      await enqueue(...row);
      const later = Array.from({ length: 10 }, () => of(ada));
      for (const callback of later) await enqueue(callback);
      const ran = await runAll(store());
      const sent = [...row, ...later].map(({ id }) => id);
      expect(ran.filter((id) => sent.includes(id))).toEqual(sent);
    });

    it("hands out no more than asked for, and none of other types, which those behind them wait for", async () => {
      const ada = unique("ada");
      const [activated, ended] = [of(ada), { ...of(ada), type: "subscription.ended" } as Callback];
      await enqueue(activated, ended, of(unique("bob")), of(unique("bob")));
      expect(await takeOf(store(), [ada], { types: ["subscription.ended"] })).toEqual([]);
      const two = await store().takeCallbacks({ types: callbackTypes, limit: 2, leaseSeconds: 60 });
      expect(two).toHaveLength(2);
      await store().endCallbacks(two.map((taken) => ({ taken, end: released })));
      await runAll(store());
      expect(await recordOf(ended)).toMatchObject({ state: "delivered" });
    });

    it("never hands out the same one twice, nor two of a customer, to several who ask at once", async () => {
      const customers = Array.from({ length: 12 }, () => unique("org"));
      await enqueue(...customers.map(of), ...customers.map(of));
      const ask = () => store().takeCallbacks({ types: callbackTypes, limit: 5, leaseSeconds: 60 });
      const taken = (await Promise.all([ask(), ask(), ask(), ask()])).flat();
      const owners = taken.map(({ callback }) => callback.data.customerId);
      expect(new Set(owners).size).toBe(owners.length);
      await store().endCallbacks(taken.map((one) => ({ taken: one, end: released })));
    });

    it("hands one out again when its lease has expired, and then only the later one's failure counts", async () => {
      const callback = of(unique("org"));
      const { customerId } = callback.data;
      await enqueue(callback, of(customerId));
      const [lost] = await takeOf(store(), [customerId], { leaseSeconds: 1 });
      const [again] = await vi.waitFor(async () => {
        const taken = await takeOf(store(), [customerId]);
        expect(taken).toMatchObject([{ callback: { id: callback.id }, attempts: 2 }]);
        return taken;
      }, patience);
      if (lost === undefined || again === undefined) throw new Error("It was not handed out.");
      await store().endCallbacks([{ taken: lost, end: failed(null) }]);
      expect(await recordOf(callback)).toMatchObject({ state: "waiting", attempts: 2, lastError: null });
      // The late one doesn't let go of whoever holds the customer now either.
      expect(await takeOf(store(), [customerId])).toEqual([]);
      await store().endCallbacks([{ taken: lost, end: succeeded }]);
      expect(await recordOf(callback)).toMatchObject({ state: "delivered" });
      await store().endCallbacks([{ taken: again, end: failed(0) }]);
      expect(await recordOf(callback)).toMatchObject({ state: "delivered" });
    });
  });

  describe("endCallbacks", () => {
    it("has one that failed wait, with the reason, and those behind it too; other customers' continue", async () => {
      const [ada, bob] = [unique("ada"), unique("bob")];
      const [a1, a2, b1] = [of(ada), of(ada), of(bob)];
      await enqueue(a1, a2);
      const [taken] = await takeOf(store(), [ada]);
      if (taken === undefined) throw new Error("It was not handed out.");
      expect(await store().endCallbacks([{ taken, end: failed(1, "no such mailbox") }])).toBe(false);
      const record = await recordOf(a1);
      expect(record).toMatchObject({
        ...{ state: "waiting", attempts: 1, finishedAt: null },
        lastError: { name: "TypeError", message: "no such mailbox" },
      });
      await enqueue(b1);
      expect(idsOf(await takeOf(store(), [ada, bob]))).toEqual([b1.id]);
      const [again] = await vi.waitFor(async () => {
        const due = await takeOf(store(), [ada]);
        expect(due).toMatchObject([{ callback: { id: a1.id }, attempts: 2 }]);
        return due;
      }, patience);
      expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(record?.nextAttemptAt ?? "") - 50);
      if (again === undefined) throw new Error("It was not handed out again.");
      expect(await store().endCallbacks([{ taken: again, end: succeeded }])).toBe(true);
      expect(idsOf(await takeOf(store(), [ada]))).toEqual([a2.id]);
    });

    it("puts one aside that is not to be tried again, and the next one is due", async () => {
      const ada = unique("ada");
      const [hopeless, next] = [of(ada), of(ada)];
      await enqueue(hopeless, next);
      const [taken] = await takeOf(store(), [ada]);
      if (taken === undefined) throw new Error("It was not handed out.");
      expect(await store().endCallbacks([{ taken, end: failed(null) }])).toBe(true);
      expect(await recordOf(hopeless)).toMatchObject({ state: "dead", finishedAt: expect.any(String) });
      expect(idsOf(await takeOf(store(), [ada]))).toEqual([next.id]);
    });

    it.each([
      [released, 1],
      [untouched, 0],
    ])(
      "has one that was given back (%j) due at once, for anybody, after %d attempts",
      async (end, attempts) => {
        const callback = of(unique("org"));
        const { customerId } = callback.data;
        await enqueue(callback);
        const [taken] = await takeOf(store(), [customerId]);
        if (taken === undefined) throw new Error("It was not handed out.");
        await store().endCallbacks([{ taken, end }]);
        expect(await recordOf(callback)).toMatchObject({ state: "waiting", attempts, lastError: null });
        expect(await takeOf(store(), [customerId])).toMatchObject([{ attempts: attempts + 1 }]);
      },
    );

    it("treats an empty list as nothing to do", async () => {
      expect(await store().endCallbacks([])).toBe(false);
      await expect(enqueue()).resolves.toBeUndefined();
    });
  });

  describe("hearCallbacks", () => {
    it("begins what was kept although no instance ran its type, in its order", async () => {
      const ada = unique("ada");
      // A type that only a later release has.
      const type = unique("subscription.teleported");
      const later = () => ({ ...of(ada), type }) as unknown as Callback;
      const [early, known, late] = [later(), of(ada), later()];
      await enqueue(early, known, late);
      expect(await recordOf(early)).toMatchObject({ state: "unheard", finishedAt: expect.any(String) });
      expect(idsOf(await takeOf(store(), [ada], { types: [type, ...callbackTypes] }))).toEqual([known.id]);
      await store().hearCallbacks([type]);
      expect(await recordOf(early)).toMatchObject({ state: "waiting", finishedAt: null });
      const [first] = await takeOf(store(), [ada], { types: [type] });
      // Somebody still holds the customer for the other one.
      expect(first).toBeUndefined();
    });
  });

  describe("onWork", () => {
    it("tells this process after a command that added something, until it is silenced", async () => {
      const told: string[] = [];
      const silence = store().onWork((kind) => told.push(kind));
      const callback = of(unique("org"));
      await enqueue(callback);
      expect(told).toContain("callbacks");
      await store().enqueueJobs([{ type: "prune" }]);
      expect(told).toContain("jobs");
      told.length = 0;
      await store().replayCallback(callback.id);
      expect(told).toEqual(["callbacks"]);
      silence();
      await enqueue(of(unique("org")));
      expect(told).toEqual(["callbacks"]);
    });
  });
}
