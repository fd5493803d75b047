import {
  BillingError,
  type ChangeCause,
  type HistoryKind,
  type IsoTime,
  type Money,
  revenueParts,
  type StoredHistoryEntry,
  type Subscription,
  sayCause,
  sayEntry,
} from "@tollgate/core";
import type { KnownPlans } from "../catalog/known-plans.js";
import type { BillingContext } from "../context/billing-context.js";
import { checkCustomerId } from "../customers/billing-customers.js";

/** Which part of somebody's history. */
export interface TimelineOptions {
  /** How many entries, 1 to 100. @default 50 */
  readonly limit?: number;
  /** The `next` of the page before. */
  readonly after?: string;
}

/** One thing that happened. */
export interface TimelineEntry {
  /** When it was stored here, and counted from then on. */
  readonly at: IsoTime;
  /** By the provider's time. */
  readonly occurredAt: IsoTime;
  /** What happened, in a sentence or two. */
  readonly what: string;
  /** What made it be applied here, in words. */
  readonly why: string;
  readonly cause: ChangeCause;
  readonly kind: HistoryKind;
  readonly customerId: string;
  readonly provider: string;
  /** The provider's id of the subscription, invoice, refund, dispute or checkout. */
  readonly subjectId: string;
  readonly subscriptionId: string | null;
  /** Where it stands since then. */
  readonly status: string;
  /** The fields in which a subscription differs from before. */
  readonly changed: readonly string[];
  /** Of a payment, refund, dispute or purchase; `null` for a subscription. */
  readonly amount: Money | null;
  /** By how much it changed what comes in each month. */
  readonly monthly: Money;
  /** The subscription since then; `null` for everything else. */
  readonly subscription: Subscription | null;
}

/** One page, the latest first. */
export interface Timeline {
  readonly entries: readonly TimelineEntry[];
  /** To pass as the next page's `after`; `null` on the last one. */
  readonly next: string | null;
}

interface TimelineContext extends Pick<BillingContext, "store"> {
  readonly knownPlans: Pick<KnownPlans, "now">;
}

/** `billing.timeline`. */
export async function readTimeline(
  { store, knownPlans }: TimelineContext,
  customerId: string,
  { limit = 50, after }: TimelineOptions = {},
): Promise<Timeline> {
  checkCustomerId(customerId);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw new BillingError("invalid_query", "`limit` must be a whole number from 1 to 100.");
  }
  const page = await store.listHistory({ customerId, after: after ?? null, limit });
  const catalog = knownPlans.now();
  return {
    entries: page.entries.map((entry) => toTimelineEntry(entry, sayEntry(entry, catalog))),
    next: page.next,
  };
}

function toTimelineEntry(entry: StoredHistoryEntry, what: string): TimelineEntry {
  const { appliedAt: at, occurredAt, cause, kind, customerId, provider, subjectId, subscriptionId } = entry;
  const { status, changed, currency, amount, delta, subscription } = entry;
  return {
    ...{
      at,
      occurredAt,
      what,
      why: sayCause(cause),
      cause,
      kind,
      customerId,
      provider,
      subjectId,
      subscriptionId,
    },
    ...{ status, changed, subscription },
    amount: amount === null ? null : { amount, currency },
    monthly: { amount: Math.round(delta / revenueParts), currency },
  };
}
