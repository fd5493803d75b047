import {
  jobsOf,
  type ProviderRead,
  type ProviderSubscription,
  projectRead,
  type StoredSubscription,
} from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";

/** What became of a state that was read; `overtaken`: the stored one changed meanwhile, read again. */
export type ReadOutcome = "applied" | "stale" | "foreign" | "missing" | "overtaken";

/**
 * Saves what the provider said of a subscription, with the callbacks and jobs that follow, if `stored` still is
 * what is stored.
 *
 * @param input.stored what was stored before the provider was asked
 * @param input.customerId whose it is, if it is not stored yet
 */
export async function saveRead(
  context: BillingContext,
  input: {
    readonly read: ProviderRead<ProviderSubscription | "foreign" | null>;
    readonly stored: StoredSubscription | null;
    readonly customerId: string;
  },
): Promise<ReadOutcome> {
  const { read, stored } = input;
  const { value: state, asOf } = read;
  if (state === null) return "missing";
  const current = stored?.subscription ?? null;
  const customerId = current?.customerId ?? input.customerId;
  const revision = stored?.revision ?? null;
  const projection = projectRead({ state, asOf, current, revision, customerId });
  if (projection.action !== "apply") return projection.action === "foreign" ? "foreign" : "stale";
  const { subscription } = projection;
  const jobs = jobsOf(current, subscription);
  const store = await context.openStore();
  return store.transaction(async (tx) => {
    if (!(await tx.replaceSubscription({ subscription, expectedRevision: revision }))) return "overtaken";
    if (projection.callbacks.length > 0) await tx.enqueueCallbacks(projection.callbacks);
    if (jobs.length > 0) await tx.enqueueJobs(jobs);
    return "applied";
  });
}
