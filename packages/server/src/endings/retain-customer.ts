import {
  addDays,
  BillingError,
  decideRetention,
  type Retention,
  type RetentionOffer,
  type Subscription,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { underKey } from "../idempotency/under-key.js";
import { describeError } from "../log/logger.js";
import { waitForTurn } from "../sync/wait-for-turn.js";
import type { EndingResult } from "./carry-out-ending.js";
import type { RetentionRule } from "./ending-rules.js";
import { type Managed, readManaged, readTruth, type SubscriptionChoice } from "./read-managed.js";
import { pause } from "./subscription-endings.js";

/** What became of somebody who wants to leave; `null`: they do. */
export type Retained =
  | { readonly outcome: "offered"; readonly offer: RetentionOffer }
  | { readonly outcome: "kept"; readonly offer: RetentionOffer }
  | null;

/** Each attempt loses only to one that stored something meanwhile. */
const tries = 8;

/**
 * Offers something to stay, once per customer, and carries it out if it is taken; what is offered and answered is stored
 * with the subscription. A failing offer never keeps anybody from leaving.
 *
 * @throws BillingError `offer_not_open`, and what the provider says to an offer that is taken
 */
export async function retainCustomer(
  everyone: BillingContext,
  choice: SubscriptionChoice,
  rule: RetentionRule | null,
  answer: "accept" | "decline" | null,
): Promise<Retained> {
  if (rule === null && answer === null) return null;
  const managed = await readManaged(everyone, choice);
  const { context, stored } = managed;
  const { subscription } = stored;
  const all = await context.store.listSubscriptions(choice.customerId);
  const kind = rule === null ? null : "coupon" in rule ? "coupon" : "pause";
  const decided = decideRetention({ subscription, all, kind, answer, now: context.clock() });
  const made = subscription.retention;
  switch (decided) {
    case "cancel":
      return null;
    case "offer":
      return rule === null ? null : makeOffer(managed, rule);
    case "decline":
      if (made !== undefined) await keep(context, subscription, { ...made, answer: "declined" });
      return null;
    case "repeat":
      return made === undefined ? null : { outcome: "offered", offer: made.offer };
    case "accepted":
      return made === undefined ? null : { outcome: "kept", offer: made.offer };
    case "accept":
      return made === undefined ? null : takeOffer(everyone, managed, made, rule);
  }
}

async function makeOffer({ context, stored }: Managed, rule: RetentionRule): Promise<Retained> {
  const offer = await findOffer(context, rule);
  if (offer === null) return null;
  const offeredAt = context.clock().toISOString();
  const kept = await keep(context, stored.subscription, { offer, offeredAt, answer: null });
  // Another click may have made it first, and somebody answered it meanwhile.
  if (kept.answer === "declined") return null;
  return { outcome: kept.answer === "accepted" ? "kept" : "offered", offer: kept.offer };
}

/** `null` for a coupon that is not there, which only the log is told. */
async function findOffer(context: BillingContext, rule: RetentionRule): Promise<RetentionOffer | null> {
  const { provider, logger } = context;
  if (!("coupon" in rule)) return { kind: "pause", days: rule.pauseDays };
  try {
    const terms = (await provider.manage.endings?.discounts?.read(rule.coupon)) ?? null;
    if (terms !== null) return { kind: "coupon", ...terms };
    logger.warn({ coupon: rule.coupon }, "The coupon to offer somebody who leaves is not at the provider");
  } catch (error) {
    const fields = { coupon: rule.coupon, error: describeError(error) };
    logger.warn(fields, "The coupon to offer somebody who leaves could not be read");
  }
  return null;
}

/** What is carried out is what was offered: a pause counts from the offer, so that a second call is the same one. */
async function takeOffer(
  everyone: BillingContext,
  { context, stored }: Managed,
  made: Retention,
  rule: RetentionRule | null,
): Promise<Retained> {
  const { subscription } = stored;
  const { customerId, group } = subscription;
  if (made.offer.kind === "pause") {
    const until = addDays(made.offeredAt, made.offer.days);
    await pause(everyone, { customerId, group, until });
  } else {
    const discounts = context.provider.manage.endings?.discounts;
    if (discounts === undefined || rule === null || !("coupon" in rule))
      throw new BillingError("offer_not_open", "There is no such offer any more.");
    const { coupon } = rule;
    await underKey(context, ["retention", subscription.id, coupon], (idempotencyKey) =>
      discounts.apply({ subscription, coupon, idempotencyKey }),
    );
  }
  await keep(context, subscription, { ...made, answer: "accepted" });
  return { outcome: "kept", offer: made.offer };
}

/** Stores it with the subscription, unless another click has already; what an answer replaces is the question. */
async function keep(context: BillingContext, before: Subscription, retention: Retention): Promise<Retention> {
  const { store } = context;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const { subscription, revision } = await readTruth(context, before.id);
    const known = subscription.retention;
    if (known !== undefined && (known.answer !== null || retention.answer === null)) return known;
    const save = { subscription: { ...subscription, retention }, expectedRevision: revision };
    if ((await store.saveSubscription({ ...save, callbacks: [], jobs: [] })) === "saved") {
      await store.announceChanges();
      return retention;
    }
    await waitForTurn(attempt);
  }
  throw new BillingError("store_unavailable", "The subscription is changing too fast. Try again.");
}

/** The answer to whoever was kept, in the words of the others. */
export function toResult(retained: NonNullable<Retained>) {
  return { outcome: retained.outcome, offer: retained.offer, refunded: null } as const;
}

/** The answer to whoever leaves. */
export function withoutOffer({ outcome, refunded }: EndingResult) {
  return { outcome, refunded, offer: null } as const;
}
