import { describe, expect, it, vi } from "vitest";
import type { Job } from "../../language/job.js";
import type { Store } from "../../ports/store.js";
import { buildBrokenJob } from "../building/builders.js";
import { unique } from "./unique.js";
import { failed, released, succeeded, takeJobsOf, untouched } from "./work-off.js";

/** What a crash cut off may be found some seconds later. */
const patience = { timeout: 25_000, interval: 200 };
const testTimeout = 30_000;
/** In seconds: no period ends while the tests run, or hardly ever. */
const week = 7 * 86_400;

const jobFor = (customerId: string): Job => ({
  type: "settle_duplicate",
  customerId,
  provider: "stripe",
  group: "main",
});

export function describeJobs(store: () => Store): void {
  const enqueue = (...jobs: readonly Job[]) => store().enqueueJobs(jobs);
  const takeOne = async (customerId: string, leaseSeconds?: number) => {
    const [taken] = await takeJobsOf(store(), customerId, leaseSeconds);
    if (taken === undefined) throw new Error("It was not handed out.");
    return taken;
  };

  describe("takeJobs", () => {
    it("hands a job out after it was added, as it was added, to one who asks, until its end is recorded", async () => {
      const customerId = unique("org");
      await enqueue(jobFor(customerId));
      const taken = await takeOne(customerId);
      expect(taken).toMatchObject({ job: jobFor(customerId), attempts: 1, scheduled: false });
      expect(await takeJobsOf(store(), customerId)).toEqual([]);
      await store().endJob(taken, succeeded);
      expect(await takeJobsOf(store(), customerId)).toEqual([]);
    });

    it("hands out none of several of which one can't be added", async () => {
      const customerId = unique("org");
      const failing = enqueue(jobFor(customerId), buildBrokenJob("it failed on the way"));
      await expect(failing).rejects.toThrow("it failed on the way");
      expect(await takeJobsOf(store(), customerId)).toEqual([]);
    });

    it("hands out no more than asked for", async () => {
      await enqueue(...[1, 2, 3].map(() => jobFor(unique("org"))));
      expect(await store().takeJobs({ limit: 2, leaseSeconds: 60 })).toHaveLength(2);
    });

    it("hands one out again whose end nobody told in time", { timeout: testTimeout }, async () => {
      const customerId = unique("org");
      await enqueue(jobFor(customerId));
      await takeOne(customerId, 1);
      await vi.waitFor(async () => {
        await store().keepJobs([]);
        expect(await takeJobsOf(store(), customerId)).toMatchObject([{ attempts: 2 }]);
      }, patience);
    });

    it("treats an empty list as nothing to do", async () => {
      await expect(enqueue()).resolves.toBeUndefined();
    });
  });

  describe("endJob", () => {
    it("has one that failed due later, and one that was given back at once", {
      timeout: testTimeout,
    }, async () => {
      const customerId = unique("org");
      await enqueue(jobFor(customerId));
      await store().endJob(await takeOne(customerId), failed(1));
      expect(await takeJobsOf(store(), customerId)).toEqual([]);
      const again = await vi.waitFor(() => takeOne(customerId), patience);
      expect(again).toMatchObject({ job: jobFor(customerId), attempts: 2 });
      await store().endJob(again, released);
      const third = await vi.waitFor(() => takeOne(customerId), patience);
      expect(third).toMatchObject({ attempts: 3 });
      await store().endJob(third, untouched);
      expect(await vi.waitFor(() => takeOne(customerId), patience)).toMatchObject({ attempts: 3 });
    });

    it("puts one aside that is not to be tried again", async () => {
      const customerId = unique("org");
      await enqueue(jobFor(customerId));
      await store().endJob(await takeOne(customerId), failed(null));
      await store().keepJobs([]);
      expect(await takeJobsOf(store(), customerId)).toEqual([]);
    });
  });

  describe("keepJobs", () => {
    it("puts a scheduled job there once in a period, whoever asks and how often", async () => {
      await store().keepJobs([]);
      await takeJobsOf(store(), "nobody");
      const schedule = [{ type: "reconcile", everySeconds: week } as const];
      await Promise.all([store().keepJobs(schedule), store().keepJobs(schedule)]);
      await store().keepJobs(schedule);
      const taken = await store().takeJobs({ limit: 10, leaseSeconds: 60 });
      expect(taken).toMatchObject([{ job: { type: "reconcile" }, attempts: 1, scheduled: true }]);
      for (const one of taken) await store().endJob(one, succeeded);
      await store().keepJobs(schedule);
      expect(await store().takeJobs({ limit: 10, leaseSeconds: 60 })).toEqual([]);
    });
  });
}
