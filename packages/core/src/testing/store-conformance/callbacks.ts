import { describe, expect, it, vi } from "vitest";
import type { Callback } from "../../language/callback.js";
import type { Store } from "../../ports/store.js";
import { buildCallback, buildSubscription } from "../building/builders.js";
import { unique } from "./unique.js";

const ignore = async () => undefined;

/** A job engine polls and backs off in seconds; the promise is "later", not "at once". */
const patience = { timeout: 25_000, interval: 50 };
const testTimeout = 30_000;

export function describeCallbacks(store: () => Store): void {
  const enqueue = (...callbacks: readonly Callback[]) =>
    store().transaction((tx) => tx.enqueueCallbacks(callbacks));

  /** Delivers while `during` runs; deliveries left over by other tests are accepted and not counted. */
  async function delivering(
    deliver: (callback: Callback) => Promise<void>,
    during: () => Promise<unknown>,
  ): Promise<void> {
    const stop = await store().startJobs({ runCallback: deliver, runJob: ignore, onFailure: ignore }, []);
    try {
      await during();
    } finally {
      await stop();
    }
  }

  describe("startJobs", () => {
    it("delivers each callback after the commit, exactly as it was enqueued", {
      timeout: testTimeout,
    }, async () => {
      const subscription = buildSubscription({
        customerId: "__proto__",
        startedAt: "2026-02-28T23:59:59.999Z",
      });
      const sent = [buildCallback(unique("first"), subscription), buildCallback(unique("second"))];
      const got = new Map<string, Callback>();
      await delivering(
        async (callback) => void got.set(callback.id, callback),
        async () => {
          await enqueue(...sent);
          await vi.waitFor(() => expect(sent.every(({ id }) => got.has(id))).toBe(true), patience);
        },
      );
      for (const callback of sent) expect(got.get(callback.id)).toEqual(callback);
    });

    it("delivers what was enqueued while nobody was delivering", { timeout: testTimeout }, async () => {
      const callback = buildCallback(unique("waiting"));
      const got = new Set<string>();
      await enqueue(callback);
      await delivering(
        async ({ id }) => void got.add(id),
        () => vi.waitFor(() => expect(got.has(callback.id)).toBe(true), patience),
      );
    });

    it("retries a callback whose delivery throws, until it succeeds", {
      timeout: testTimeout,
    }, async () => {
      const callback = buildCallback(unique("failing"));
      const bystander = buildCallback(unique("bystander"));
      const attempts: string[] = [];
      await delivering(
        async ({ id }) => {
          attempts.push(id);
          if (id === callback.id && count(attempts, id) < 2) throw new Error("the app's callback failed");
        },
        async () => {
          await enqueue(callback, bystander);
          await vi.waitFor(() => expect(count(attempts, callback.id)).toBe(2), patience);
          await vi.waitFor(() => expect(count(attempts, bystander.id)).toBe(1), patience);
        },
      );
    });

    it("never delivers what was enqueued in a transaction that rolled back", {
      timeout: testTimeout,
    }, async () => {
      const lost = buildCallback(unique("rolled-back"));
      const kept = buildCallback(unique("committed"));
      const got = new Set<string>();
      await delivering(
        async ({ id }) => void got.add(id),
        async () => {
          const failing = store().transaction(async (tx) => {
            await tx.enqueueCallbacks([lost]);
            throw new Error("rolled back");
          });
          await expect(failing).rejects.toThrow("rolled back");
          await enqueue(kept);
          await vi.waitFor(() => expect(got.has(kept.id)).toBe(true), patience);
        },
      );
      expect(got.has(lost.id)).toBe(false);
    });

    it("delivers nothing after it was stopped, and continues when started again", {
      timeout: testTimeout,
    }, async () => {
      const callback = buildCallback(unique("later"));
      const early = new Set<string>();
      const late = new Set<string>();
      await delivering(
        async ({ id }) => void early.add(id),
        async () => undefined,
      );
      await enqueue(callback);
      await delivering(
        async ({ id }) => void late.add(id),
        () => vi.waitFor(() => expect(late.has(callback.id)).toBe(true), patience),
      );
      expect(early.has(callback.id)).toBe(false);
    });

    it("treats an empty list as nothing to do", async () => {
      await expect(enqueue()).resolves.toBeUndefined();
    });
  });
}

function count(all: readonly string[], wanted: string): number {
  return all.filter((one) => one === wanted).length;
}
