import { describe, expect, it } from "vitest";
import { type Callback, callbackTypes } from "../../language/callback.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { buildCallback } from "../building/builders.js";
import { putCallbacks } from "../building/put-callbacks.js";
import { unique } from "./unique.js";
import { runAll } from "./work-off.js";

const longAgo = "2020-01-01T00:00:00.000Z";

export function describeOutbox(store: () => Store): void {
  const of = (customerId: string) => buildCallback(unique("callback"), buildSubscription({ customerId }));
  const enqueue = (...callbacks: readonly Callback[]) => putCallbacks(store(), callbacks);
  const listed = async (customerId: string) =>
    (await store().listCallbacks({ customerId, limit: 10 })).callbacks;
  const run = async () => {
    await store().hearCallbacks(callbackTypes);
    return runAll(store());
  };

  describe("listCallbacks", () => {
    it("has each callback whole, and what became of it", async () => {
      const customerId = unique("org");
      const callback = of(customerId);
      // Says that somebody runs callbacks.
      await run();
      await enqueue(callback);
      const waiting = { ...callback, customerId, state: "waiting", attempts: 0, lastError: null };
      expect(await listed(customerId)).toEqual([
        { ...waiting, createdAt: expect.any(String), nextAttemptAt: expect.any(String), finishedAt: null },
      ]);
      await run();
      expect(await listed(customerId)).toMatchObject([
        { id: callback.id, state: "delivered", attempts: 1, finishedAt: expect.any(String) },
      ]);
    });

    it("goes page by page, the latest first, within a state and a customer", async () => {
      const customerId = unique("org");
      const callbacks = [of(customerId), of(customerId), of(customerId)];
      await enqueue(...callbacks, of(unique("org")));
      const first = await store().listCallbacks({ customerId, state: "waiting", limit: 2 });
      expect(first.callbacks.map(({ id }) => id)).toEqual([callbacks[2]?.id, callbacks[1]?.id]);
      const second = await store().listCallbacks({ customerId, after: first.next ?? "", limit: 2 });
      expect(second).toMatchObject({ callbacks: [{ id: callbacks[0]?.id }], next: null });
      expect(await store().listCallbacks({ customerId, state: "dead", limit: 2 })).toEqual({
        callbacks: [],
        next: null,
      });
    });

    it.each(["", "x", "-1", "1; DROP", "9".repeat(30)])(
      "refuses %j as the start of a page",
      async (after) => {
        await expect(store().listCallbacks({ after, limit: 1 })).rejects.toMatchObject({
          code: "invalid_query",
        });
      },
    );
  });

  describe("replayCallback", () => {
    it("runs one that was delivered again, and recognises one that does not exist", async () => {
      const customerId = unique("org");
      const callback = of(customerId);
      await enqueue(callback);
      await run();
      expect(await store().replayCallback(callback.id)).toBe(true);
      expect(await listed(customerId)).toMatchObject([{ state: "waiting", attempts: 0, finishedAt: null }]);
      expect(await run()).toContain(callback.id);
      expect(await store().replayCallback(unique("callback"))).toBe(false);
    });
  });

  describe("pruneCallbacks", () => {
    it("deletes finished ones from before the time, at most as many as asked, and never one that waits", async () => {
      const customerId = unique("org");
      await enqueue(of(customerId), of(customerId));
      await run();
      const waiting = of(customerId);
      await enqueue(waiting);
      const before = { deadBefore: longAgo, deliveredBefore: longAgo, unheardBefore: longAgo, limit: 1000 };
      expect(await store().pruneCallbacks(before)).toBe(0);
      const later = new Date(Date.now() + 86_400_000).toISOString();
      const all = { deadBefore: later, deliveredBefore: later, unheardBefore: later };
      expect(await store().pruneCallbacks({ ...all, limit: 1 })).toBe(1);
      await store().pruneCallbacks({ ...all, limit: 1000 });
      expect(await listed(customerId)).toMatchObject([{ id: waiting.id, state: "waiting" }]);
    });
  });
}
