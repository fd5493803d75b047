import { type Callback, callbackTypes } from "../../language/callback.js";
import type { TakenCallback } from "../../ports/store/callbacks.js";
import type { TakenJob } from "../../ports/store/jobs.js";
import type { AttemptEnd } from "../../ports/store/work.js";
import type { Store } from "../../ports/store.js";

export const succeeded = { kind: "succeeded" } as const;
export const released = { kind: "released" } as const;
export const untouched = { kind: "untouched" } as const;

export function failed(retryInSeconds: number | null, message = "not yet"): AttemptEnd {
  return { kind: "failed", error: { name: "TypeError", message }, retryInSeconds };
}

/** Everything that is due, however much of it other tests left behind: that is done with at once. */
export async function takeOf(
  store: Store,
  customerIds: readonly string[],
  { leaseSeconds = 60, types = callbackTypes }: { leaseSeconds?: number; types?: readonly string[] } = {},
): Promise<readonly TakenCallback[]> {
  const mine: TakenCallback[] = [];
  for (;;) {
    const taken = await store.takeCallbacks({ types, limit: 100, leaseSeconds });
    if (taken.length === 0) return mine;
    const isMine = ({ callback }: TakenCallback) => customerIds.includes(callback.data.customerId);
    mine.push(...taken.filter(isMine));
    const others = taken.filter((one) => !isMine(one));
    await store.endCallbacks(others.map((one) => ({ taken: one, end: succeeded })));
  }
}

/** Runs what is due, as if it succeeded, until nothing is; returns the ids in the order in which they were run. */
export async function runAll(store: Store): Promise<string[]> {
  const ran: string[] = [];
  for (;;) {
    const taken = await store.takeCallbacks({ types: callbackTypes, limit: 100, leaseSeconds: 60 });
    if (taken.length === 0) return ran;
    ran.push(...taken.map(({ callback }) => callback.id));
    await store.endCallbacks(taken.map((one) => ({ taken: one, end: succeeded })));
  }
}

export const idsOf = (taken: readonly { readonly callback: Callback }[]) =>
  taken.map(({ callback }) => callback.id);

/** Every job that is due, which is done with. */
export async function dueJobs(store: Store): Promise<readonly TakenJob[]> {
  const all: TakenJob[] = [];
  for (;;) {
    const taken = await store.takeJobs({ limit: 20, leaseSeconds: 60 });
    if (taken.length === 0) return all;
    all.push(...taken);
    for (const one of taken) await store.endJob(one, succeeded);
  }
}

/** The jobs that are due for this customer; what other tests left behind is done with. */
export async function takeJobsOf(
  store: Store,
  customerId: string,
  leaseSeconds = 60,
): Promise<readonly TakenJob[]> {
  const mine: TakenJob[] = [];
  for (;;) {
    const taken = await store.takeJobs({ limit: 20, leaseSeconds });
    if (taken.length === 0) return mine;
    for (const one of taken) {
      if (one.job.type === "settle_duplicate" && one.job.customerId === customerId) mine.push(one);
      else await store.endJob(one, succeeded);
    }
  }
}
