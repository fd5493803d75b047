import {
  type Cancellation,
  type ChangeCause,
  type IsoTime,
  jobsOf,
  type ProviderRead,
  type ProviderSubscription,
  projectRead,
  recordChange,
  type StoredSubscription,
  type SubscriptionWrite,
  toldCallbacks,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { creditsJobs } from "./credits-jobs.js";
import { takeSeatsOut } from "./take-seats-out.js";

/** What became of a state that was read; `overtaken`: the stored one changed meanwhile, so read again. */
export type ReadOutcome = "applied" | "stale" | "foreign" | "missing" | "overtaken";

/** A state that was read, and what it is compared with. */
export interface SubscriptionRead {
  readonly read: ProviderRead<ProviderSubscription | "foreign" | null>;
  /** What was stored before the provider was asked. */
  readonly stored: StoredSubscription | null;
  /** Whose it is, if it is not stored yet. */
  readonly customerId: string;
  /** What the customer said about leaving, for a provider that doesn't keep it. @default what is stored */
  readonly said?: Cancellation | null | undefined;
  /** Why it was read, for the history. @default { kind: "read" } */
  readonly cause?: ChangeCause | undefined;
}

/**
 * Saves what the provider said about a subscription, with the callbacks and jobs that follow, if `stored` is still what
 * is stored.
 */
export async function saveRead(context: BillingContext, input: SubscriptionRead): Promise<ReadOutcome> {
  const at = context.clock().toISOString();
  const write = decideRead(input, at);
  if (typeof write === "string") return write;
  const { store } = context;
  const { others, seatsDueAt } = takeSeatsOut(write.jobs, at);
  const jobs = [...others, ...creditsJobs(context, input.stored?.subscription ?? null, write.subscription)];
  const outcome = await store.saveSubscription({ ...write, seatsDueAt, jobs });
  return outcome === "saved" ? "applied" : outcome;
}

/** What to save of what was read, or why there is nothing to save. */
export function decideRead(
  input: SubscriptionRead,
  at: IsoTime,
): SubscriptionWrite | Exclude<ReadOutcome, "applied" | "overtaken"> {
  const { read, stored, said, cause = { kind: "read" } } = input;
  const { value, asOf } = read;
  if (value === null) return "missing";
  const state = value === "foreign" || said === undefined ? value : { cancellation: said, ...value };
  const current = stored?.subscription ?? null;
  const customerId = current?.customerId ?? input.customerId;
  const revision = stored?.revision ?? null;
  const projection = projectRead({ state, asOf, current, revision, customerId });
  if (projection.action === "foreign") return "foreign";
  if (projection.action !== "apply") return "stale";
  const { subscription } = projection;
  const callbacks = toldCallbacks(projection.callbacks);
  const history = recordChange({ before: current, after: subscription, cause, at });
  return {
    subscription,
    expectedRevision: revision,
    history,
    callbacks,
    jobs: jobsOf(current, subscription),
  };
}
