import {
  BillingError,
  type Cancellation,
  type CancelReason,
  type CancelSettlement,
  type CancelTime,
  cancelReasons,
  decideCancel,
  decidePause,
  decideResume,
  type IsoTime,
  isStorableText,
  type ProviderEndings,
  type SubscriptionPause,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { checkCustomerId } from "../customers/billing-customers.js";
import { carryOutEnding, type EndingResult } from "./carry-out-ending.js";
import type { Managed, SubscriptionChoice } from "./read-managed.js";

/** How a subscription is to end. */
export interface CancelWish extends SubscriptionChoice {
  /** With what is paid for, at once, or at a date in UTC. @default "period_end" */
  readonly at?: CancelTime | IsoTime | undefined;
  /** What becomes of unused time when it ends at once. @default "nothing" */
  readonly settlement?: CancelSettlement | undefined;
  readonly reason?: CancelReason | undefined;
  /** In the customer's own words, at most 1000 characters. */
  readonly feedback?: string | undefined;
}

/** How a subscription is to pause. */
export interface PauseWish extends SubscriptionChoice {
  /** When it resumes by itself. @default it stays paused until somebody resumes it */
  readonly until?: IsoTime | undefined;
  /**
   * `full`: no service, no invoices. `collection`: the service continues, and nothing is collected.
   * @default the first that the provider can: at Stripe `full`, and `collection` with `until`
   */
  readonly kind?: SubscriptionPause["kind"] | undefined;
}

/**
 * Ends, resumes and pauses subscriptions; called by your own server code. Each begins from what the provider has now,
 * applies its answer at once and tells your callbacks, and is safe to call again.
 */
export interface SubscriptionEndings {
  /**
   * Cancels. What nothing is paid for any more (past due, paused in full) ends at once, whatever was asked; nothing more
   * is collected for what has ended. What is said is kept in `subscription.cancellation`, at the provider too.
   *
   * @throws BillingError `nothing_to_manage`, `invalid_time`, `invalid_feedback`, `foreign_schedule`, `not_supported`;
   * `invalid_customer_id`, `provider_unavailable`, `provider_rejected`, `store_unavailable`
   * @example
   * await billing.subscriptions.cancel({ customerId: "org_1", reason: "too_expensive", feedback: "Too dear" });
   * @example
   * const { refunded } = await billing.subscriptions.cancel({ customerId: "org_1", at: "now", settlement: "refund" });
   */
  readonly cancel: (wish: CancelWish) => Promise<EndingResult>;
  /**
   * Withdraws a cancellation that is ahead, and ends a pause of either kind. After a full pause a new period begins and is
   * charged; while that fails, it stays paused and the outcome is `payment_pending`.
   *
   * @throws BillingError `subscription_ended`, `payment_method_missing`, and as `cancel`
   * @example
   * const { outcome } = await billing.subscriptions.resume({ customerId: "org_1" });
   */
  readonly resume: (choice: SubscriptionChoice) => Promise<EndingResult>;
  /**
   * Pauses from now on. A full pause credits what is paid for and not used.
   *
   * @throws BillingError `subscription_ended`, `already_paused`, `trial_running`, `payment_overdue`, `cancel_scheduled`,
   * and as `cancel`
   * @example
   * await billing.subscriptions.pause({ customerId: "org_1", until: "2027-01-01T00:00:00Z" });
   */
  readonly pause: (wish: PauseWish) => Promise<EndingResult>;
}

/** The longest feedback, in characters. */
const longestFeedback = 1000;

/** The endings as a part of `billing.subscriptions`. */
export function createSubscriptionEndings({
  open,
  checkCredentials,
}: {
  readonly open: () => Promise<BillingContext>;
  /** @throws BillingError `invalid_options` where production lacks a credential */
  readonly checkCredentials: () => void;
}): SubscriptionEndings {
  const ready = async ({ customerId }: SubscriptionChoice) => {
    checkCredentials();
    checkCustomerId(customerId);
    return open();
  };
  return {
    cancel: async (wish) => cancel(await ready(wish), wish),
    resume: async (choice) => resume(await ready(choice), choice),
    pause: async (wish) => pause(await ready(wish), wish),
  };
}

export function cancel(everyone: BillingContext, wish: CancelWish): Promise<EndingResult> {
  const { at = "period_end", settlement = "nothing" } = wish;
  const said = toCancellation(wish);
  return carryOutEnding(everyone, wish, {
    decide(subscription, { provider, clock }) {
      const abilities = provider.manage.endings ?? null;
      const decided = decideCancel({ subscription, at, settlement, said, abilities, now: clock() });
      return decided.kind === "unchanged" ? null : decided;
    },
    // It ends once, but its end can be planned, withdrawn and planned again.
    purpose: ({ at }) => ({ name: `end ${JSON.stringify(at)}`, once: at.kind === "now" }),
    async act(managed, { at, settlement }, idempotencyKey) {
      const call = { subscription: managed.stored.subscription, idempotencyKey };
      const { refunded } = await endingsOf(managed).end({ ...call, at, settlement, said });
      return refunded;
    },
    ...(said !== null && { said }),
  });
}

export function resume(everyone: BillingContext, choice: SubscriptionChoice): Promise<EndingResult> {
  return carryOutEnding(everyone, choice, {
    decide(subscription, { provider }) {
      const steps = decideResume({ subscription, abilities: provider.manage.endings ?? null });
      return steps.length === 0 ? null : steps;
    },
    purpose: (steps) => ({ name: steps.join(), once: false }),
    async act(managed, steps, idempotencyKey) {
      const call = { subscription: managed.stored.subscription, idempotencyKey };
      for (const step of steps) await endingsOf(managed)[step](call);
      return null;
    },
    said: null,
    isPending: ({ status }) => status === "paused",
  });
}

export function pause(everyone: BillingContext, wish: PauseWish): Promise<EndingResult> {
  const { until = null, kind: how } = wish;
  return carryOutEnding(everyone, wish, {
    decide(subscription, { provider, clock }) {
      const abilities = provider.manage.endings ?? null;
      const decided = decidePause({ subscription, how, until, abilities, now: clock() });
      return decided.kind === "unchanged" ? null : decided;
    },
    purpose: ({ how, until }) => ({ name: `pause ${how} ${until}`, once: false }),
    async act(managed, { how, until }, idempotencyKey) {
      const call = { subscription: managed.stored.subscription, idempotencyKey };
      await endingsOf(managed).pause({ ...call, how, until });
      return null;
    },
  });
}

function endingsOf({ context }: Managed): ProviderEndings {
  const { id, manage } = context.provider;
  if (manage.endings !== undefined) return manage.endings;
  const details = { provider: id };
  throw new BillingError("not_supported", "The payment provider can't do this.", { details });
}

/** @throws BillingError `invalid_feedback` */
function toCancellation({ reason, feedback }: CancelWish): Cancellation | null {
  const isReason = reason === undefined || cancelReasons.includes(reason);
  const isFeedback = feedback === undefined || isStorableText(feedback, longestFeedback);
  if (!isReason || !isFeedback) {
    throw new BillingError(
      "invalid_feedback",
      `\`reason\` must be one of ${cancelReasons.join(", ")}, and \`feedback\` a text of 1 to ${longestFeedback} characters.`,
    );
  }
  if (reason === undefined && feedback === undefined) return null;
  return { reason: reason ?? null, feedback: feedback ?? null };
}
