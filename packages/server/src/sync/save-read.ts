import {
  jobsOf,
  type ProviderRead,
  type ProviderSubscription,
  projectRead,
  type StoredSubscription,
  type StoreTransaction,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/** What became of a state that was read; `overtaken`: the stored one changed meanwhile, so read again. */
export type ReadOutcome = "applied" | "stale" | "foreign" | "missing" | "overtaken";

/** A state that was read, and what it is compared with. */
export interface SubscriptionRead {
  readonly read: ProviderRead<ProviderSubscription | "foreign" | null>;
  /** What was stored before the provider was asked. */
  readonly stored: StoredSubscription | null;
  /** Whose it is, if it is not stored yet. */
  readonly customerId: string;
}

/**
 * Saves what the provider said about a subscription, with the callbacks and jobs that follow, if `stored` is still what
 * is stored.
 */
export async function saveRead(context: BillingContext, input: SubscriptionRead): Promise<ReadOutcome> {
  const news = decideRead(input);
  if (typeof news === "string") return news;
  const { store } = context;
  return store.transaction((tx) => write(tx, input, news));
}

/** The same within a transaction that writes more. */
export async function saveReadWithin(tx: StoreTransaction, input: SubscriptionRead): Promise<ReadOutcome> {
  const news = decideRead(input);
  return typeof news === "string" ? news : write(tx, input, news);
}

type News = Extract<ReturnType<typeof projectRead>, { action: "apply" }>;

function decideRead(input: SubscriptionRead): News | Exclude<ReadOutcome, "applied" | "overtaken"> {
  const { read, stored } = input;
  const { value: state, asOf } = read;
  if (state === null) return "missing";
  const current = stored?.subscription ?? null;
  const customerId = current?.customerId ?? input.customerId;
  const revision = stored?.revision ?? null;
  const projection = projectRead({ state, asOf, current, revision, customerId });
  if (projection.action === "apply") return projection;
  return projection.action === "foreign" ? "foreign" : "stale";
}

async function write(
  tx: StoreTransaction,
  { stored }: SubscriptionRead,
  { subscription, callbacks }: News,
): Promise<"applied" | "overtaken"> {
  const jobs = jobsOf(stored?.subscription ?? null, subscription);
  const expectedRevision = stored?.revision ?? null;
  if (!(await tx.replaceSubscription({ subscription, expectedRevision }))) return "overtaken";
  if (callbacks.length > 0) await tx.enqueueCallbacks(callbacks);
  if (jobs.length > 0) await tx.enqueueJobs(jobs);
  return "applied";
}
