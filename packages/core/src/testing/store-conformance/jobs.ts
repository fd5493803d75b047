import { describe, expect, it, vi } from "vitest";
import type { Callback } from "../../language/callback.js";
import type { Job } from "../../language/job.js";
import type { JobFailure, JobHandlers } from "../../ports/store/jobs.js";
import type { Store } from "../../ports/store.js";
import { buildCallback, buildSubscription } from "../building/builders.js";
import { unique } from "./unique.js";

/** A job engine polls and backs off in seconds; the promise is "later", not "at once". */
const patience = { timeout: 25_000, interval: 50 };
const testTimeout = 30_000;

const jobFor = (customerId: string): Job => ({
  type: "settle_duplicate",
  customerId,
  provider: "stripe",
  group: "main",
});
const isFor = (customerId: string) => (job: Job) =>
  job.type === "settle_duplicate" && job.customerId === customerId;

export function describeJobs(store: () => Store): void {
  const handlers = (overrides: Partial<JobHandlers>): JobHandlers => ({
    runCallback: async () => undefined,
    runJob: async () => undefined,
    onFailure: () => undefined,
    ...overrides,
  });
  const enqueue = (...jobs: readonly Job[]) => store().transaction((tx) => tx.enqueueJobs(jobs));
  const pass = (overrides: Partial<JobHandlers>, seconds = 10) =>
    store().runJobs(handlers(overrides), [], { until: new Date(Date.now() + seconds * 1000) });

  describe("enqueueJobs", () => {
    it("has a job run after the commit, as it was added, and again when it throws", {
      timeout: testTimeout,
    }, async () => {
      const customerId = unique("org");
      const ran: Job[] = [];
      const failures: JobFailure[] = [];
      const runJob = async (job: Job) => {
        if (!isFor(customerId)(job)) return;
        ran.push(job);
        if (ran.length === 1) throw new Error("once");
      };
      const onFailure = (failure: JobFailure) => void failures.push(failure);
      const stop = await store().startJobs(handlers({ runJob, onFailure }), []);
      await enqueue(jobFor(customerId));
      await vi.waitFor(() => expect(ran).toEqual([jobFor(customerId), jobFor(customerId)]), patience);
      await stop();
      expect(failures).toMatchObject([
        { type: "settle_duplicate", callbackId: null, attempts: 1, final: false, error: { message: "once" } },
      ]);
    });

    it("leaves nothing behind from a transaction that rolled back", async () => {
      const customerId = unique("org");
      const failing = store().transaction(async (tx) => {
        await tx.enqueueJobs([jobFor(customerId)]);
        throw new Error("rolled back");
      });
      await expect(failing).rejects.toThrow("rolled back");
      const ran: Job[] = [];
      await pass({ runJob: async (job) => void ran.push(job) });
      expect(ran.filter(isFor(customerId))).toEqual([]);
    });

    it("treats an empty list as nothing to do", async () => {
      await expect(enqueue()).resolves.toBeUndefined();
    });
  });

  describe("runJobs", () => {
    it("does what is due, callbacks in order, and reports what it did", async () => {
      const customerId = unique("org");
      const subscription = buildSubscription({ customerId });
      const callbacks = [1, 2, 3].map(() => buildCallback(unique("callback"), subscription));
      await pass({});
      await store().transaction(async (tx) => {
        await tx.enqueueCallbacks(callbacks);
        await tx.enqueueJobs([jobFor(customerId)]);
      });
      const ran: Callback[] = [];
      const report = await pass({ runCallback: async (callback) => void ran.push(callback) });
      expect(report).toEqual({ callbacks: 3, jobs: 1, failed: 0, done: true });
      expect(ran.map(({ id }) => id)).toEqual(callbacks.map(({ id }) => id));
    });

    it("comes back in time when a job hangs, and says that it is not done", async () => {
      await enqueue(jobFor(unique("org")));
      const asked = Date.now();
      const report = await pass({ runJob: () => new Promise(() => undefined) }, 1);
      expect(report).toMatchObject({ jobs: 0, done: false });
      expect(Date.now() - asked).toBeLessThan(5_000);
    });

    it("leaves callbacks alone when it was given nothing to run them", async () => {
      const callback = buildCallback(unique("callback"), buildSubscription({ customerId: unique("org") }));
      await store().transaction((tx) => tx.enqueueCallbacks([callback]));
      expect(await pass({ runCallback: null })).toMatchObject({ callbacks: 0 });
      const ran: string[] = [];
      await pass({ runCallback: async ({ id }) => void ran.push(id) });
      expect(ran).toContain(callback.id);
    });
  });
}
