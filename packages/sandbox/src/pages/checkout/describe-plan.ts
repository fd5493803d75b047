import type { HiddenCheckout } from "../../engine/checkout/terms/checkout-order.js";
import { recomputeCheckout } from "../../engine/checkout/terms/checkout-totals.js";
import { couponBehind } from "../../engine/discounts/coupon.js";
import { fromAnchor } from "../../engine/money/billing-cycle.js";
import { day } from "../../engine/world/context.js";
import { toInterval } from "../format/format-money.js";
import type { Messages } from "../messages/en.js";
import { perOf } from "../totals/describe-order-line.js";
import { describeTotals, type TotalRow } from "../totals/describe-totals.js";
import type { CheckoutScene, CheckoutSummary } from "./checkout-scene.js";

type Words = Omit<CheckoutSummary, "lines" | "totals">;

/** What a subscription costs now, later and when, in words. */
export function describePlan(scene: CheckoutScene): Words {
  const { session, intent, now, language } = scene;
  const { text, money } = language;
  const currency = session.currency ?? "usd";
  const recurring = intent.lineItems.filter((line) => line.price?.recurring);
  const [first] = recurring;
  const words = {
    title: text.order.subscribeTo(first?.description ?? text.order.aPlan),
    price: money(renewalOf(scene).session.amount_total ?? 0, currency),
    per: (first && perOf(first, language)) ?? "",
    due: money(session.amount_total ?? 0, currency),
  };
  const trialEnd = findTrialEnd(intent, now);
  return trialEnd === undefined ? describePaid(scene, words) : describeTrial(scene, words, trialEnd);
}

type PlanWords = { title: string; price: string; per: string; due: string };

function describePaid(scene: CheckoutScene, { title, price, per, due }: PlanWords): Words {
  const { session, intent, now, language, world } = scene;
  const { text } = language;
  const rhythm = intent.lineItems.find((line) => line.price?.recurring)?.price?.recurring;
  const cycle = { interval: toInterval(rhythm?.interval), interval_count: rhythm?.interval_count ?? 1 };
  const anchor = intent.order.subscription_data?.billing_cycle_anchor;
  const renewal = language.day(anchor ?? fromAnchor(now, cycle, 1));
  const repeats = couponBehind(world, intent.discount?.coupon)?.duration === "repeating";
  const free = session.amount_total === 0;
  return {
    title,
    headline: price,
    headlineDetail: per,
    later: repeats
      ? text.order.discountedFirst(due, price, per)
      : text.order.chargedToday(due, price, per, renewal),
    dueToday: due,
    button: session.submit_type === "subscribe" || free ? text.pay.subscribe : text.pay.payAmount(due),
    terms: text.pay.allowCharges(price, per),
    asksForCard: !(free && session.payment_method_collection === "if_required"),
  };
}

function describeTrial(
  { session, intent, now, language }: CheckoutScene,
  { title, price, per, due }: PlanWords,
  trialEnd: number,
): Words {
  const { text } = language;
  const once = (session.amount_total ?? 0) > 0;
  const asksForCard = session.payment_method_collection !== "if_required" || once;
  const end = language.day(trialEnd);
  const behaviour = intent.order.subscription_data?.trial_settings?.end_behavior.missing_payment_method;
  return {
    title,
    headline: text.order.daysFree(Math.max(1, Math.round((trialEnd - now) / day))),
    headlineDetail: undefined,
    later: asksForCard
      ? text.order.afterTrial(end, price, per)
      : text.order[noCardEnd[behaviour ?? "create_invoice"]](end, `${price} ${per}`),
    dueToday: due,
    button: once ? text.pay.payAmount(due) : text.pay.startTrial,
    terms: asksForCard ? text.pay.allowAfterTrial(price, per, end) : undefined,
    asksForCard,
  };
}

const noCardEnd = {
  cancel: "noCardCancel",
  pause: "noCardPause",
  create_invoice: "noCardInvoice",
} as const satisfies Record<string, keyof Messages["order"]>;

/** What a trial's first invoice will be made of, if it is more than its lines. */
export function describeAfterTrial(scene: CheckoutScene): TotalRow[] {
  const { language, now, intent } = scene;
  if (findTrialEnd(intent, now) === undefined) return [];
  const { session, intent: later } = renewalOf(scene);
  const rows = describeTotals(session, later, language);
  if (rows.length === 0) return [];
  const amount = language.money(session.amount_total ?? 0, session.currency ?? "usd");
  return [...rows, { label: language.text.order.totalAfterTrial, amount }];
}

/**
 * A later invoice as a checkout of its own: what recurs, with its taxes, and a discount that lasts forever.
 */
function renewalOf({ world, session, intent }: CheckoutScene): Pick<CheckoutScene, "intent" | "session"> {
  const { trial_end: _end, trial_period_days: _days, ...data } = intent.order.subscription_data ?? {};
  const lasts = couponBehind(world, intent.discount?.coupon)?.duration === "forever";
  const later: HiddenCheckout = {
    ...structuredClone(intent),
    order: { ...intent.order, subscription_data: data },
    discount: lasts ? intent.discount : null,
  };
  later.lineItems = later.lineItems.filter((line) => line.price?.recurring);
  const copy = { ...structuredClone(session), shipping_cost: null };
  recomputeCheckout(world, copy, later, true);
  return { session: copy, intent: later };
}

function findTrialEnd({ order }: HiddenCheckout, now: number): number | undefined {
  const { trial_end: end, trial_period_days: days } = order.subscription_data ?? {};
  return end ?? (days === undefined ? undefined : now + days * day);
}
