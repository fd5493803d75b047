import type { Subscription } from "../engine/wire.js";
import type { World } from "../engine/world.js";
import { formatDay, formatInterval, formatMoney, toInterval } from "./format-money.js";

/** A subscription in the words of the portal. */
export interface SubscriptionSummary {
  readonly id: string;
  readonly plan: string;
  readonly amount: string;
  readonly per: string;
  readonly status: { readonly label: string; readonly tone: "good" | "soft" | "bad" };
  /** What happens next, and when. */
  readonly next: string;
  /** When access ends, if a cancellation is scheduled. */
  readonly endsOn: string | undefined;
  /** When access would end, were it cancelled now. */
  readonly periodEnd: string;
}

export function describeSubscription(world: World, subscription: Subscription): SubscriptionSummary {
  const item = subscription.items.data[0];
  const price = item?.price;
  const product = price ? world.products[price.product] : undefined;
  const amount = formatMoney((price?.unit_amount ?? 0) * (item?.quantity ?? 1), price?.currency ?? "usd");
  const per = formatInterval(toInterval(price?.recurring?.interval), price?.recurring?.interval_count);
  const end = item?.current_period_end ?? subscription.created;
  const cancelAt = subscription.cancel_at ?? (subscription.cancel_at_period_end ? end : null);
  const endsOn = cancelAt === null ? undefined : formatDay(cancelAt);
  const isTrial = subscription.status === "trialing";
  const summary = {
    id: subscription.id,
    plan: product?.name ?? "Plan",
    amount,
    per,
    endsOn,
    periodEnd: formatDay(end),
  };
  if (endsOn !== undefined) {
    const next = `Your plan ends on ${endsOn}. You keep access until then and are not charged again.`;
    return { ...summary, status: { label: `Ends ${endsOn}`, tone: "soft" }, next };
  }
  if (isTrial) {
    const next = `Your trial ends on ${summary.periodEnd}; you’ll then be charged ${amount} ${per}.`;
    return { ...summary, status: { label: "Trial", tone: "good" }, next };
  }
  return {
    ...summary,
    status: labelStatus(subscription.status),
    next: nextStep(subscription.status, summary),
  };
}

function labelStatus(status: string): SubscriptionSummary["status"] {
  if (status === "active") return { label: "Active", tone: "good" };
  if (status === "past_due" || status === "unpaid") return { label: "Payment failed", tone: "bad" };
  return { label: status === "paused" ? "Paused" : "Incomplete", tone: "soft" };
}

function nextStep(
  status: string,
  { amount, periodEnd }: Pick<SubscriptionSummary, "amount" | "periodEnd">,
): string {
  if (status === "active") return `Renews on ${periodEnd} for ${amount}.`;
  if (status === "past_due" || status === "unpaid")
    return "Your last payment failed. Update your card to keep your plan.";
  if (status === "paused") return "Your plan is paused. You are not charged while it is.";
  return "Your first payment has not gone through yet.";
}
