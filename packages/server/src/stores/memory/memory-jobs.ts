import { randomUUID } from "node:crypto";
import type { Job, JobQueue, StoreCommands } from "@tollgate/core";
import { toText } from "./as-text.js";
import type { MemoryState } from "./memory-state.js";

/** The queue of jobs; one that is put aside is forgotten. */
export function createMemoryJobs(state: MemoryState): JobQueue & Pick<StoreCommands, "enqueueJobs"> {
  const { jobs } = state;
  /** The period that a scheduled type last came up in. */
  const periods = new Map<string, number>();
  return {
    async enqueueJobs(all) {
      state.atOnce(() => addJobsIn(state, all));
      if (all.length > 0) state.added("jobs");
    },
    async keepJobs(schedule) {
      for (const { type, everySeconds } of schedule) {
        const period = Math.floor(state.now() / (everySeconds * 1000));
        if (periods.get(type) === period) continue;
        periods.set(type, period);
        addJobsIn(state, [{ type } as Job], true);
      }
    },
    async takeJobs({ limit, leaseSeconds }) {
      const now = state.now();
      const due = jobs.all().filter(({ dueAt, heldUntil }) => dueAt <= now && (heldUntil ?? now) <= now);
      const oldest = due.sort((a, b) => a.position - b.position).slice(0, limit);
      return oldest.map((row) => {
        const attempts = row.attempts + 1;
        jobs.set(row.id, { ...row, attempts, heldUntil: now + leaseSeconds * 1000 });
        return { id: row.id, job: row.job, attempts, scheduled: row.scheduled };
      });
    },
    async endJob({ id, attempts }, end) {
      const row = jobs.get(id);
      if (row === undefined || row.attempts !== attempts) return;
      const retry = end.kind === "failed" ? end.retryInSeconds : 0;
      if (end.kind === "succeeded" || retry === null) {
        jobs.delete(id);
        return;
      }
      const begun = end.kind === "untouched" ? attempts - 1 : attempts;
      jobs.set(id, { ...row, attempts: begun, heldUntil: null, dueAt: state.now() + retry * 1000 });
    },
  };
}

/** As part of a command. */
export function addJobsIn(state: MemoryState, all: readonly Job[], scheduled = false): void {
  for (const one of all) {
    const [id, job] = [randomUUID(), JSON.parse(toText(one)) as Job];
    const head = { id, position: state.nextPosition(), job, attempts: 0, scheduled };
    state.jobs.set(id, { ...head, dueAt: state.now(), heldUntil: null });
  }
}
