import { priceAmount } from "../../engine/catalog/price-amount.js";
import type { Subscription } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { toInterval } from "../format/format-money.js";
import type { Messages } from "../messages/en.js";
import type { Language } from "../words/messages-for.js";

/** A subscription in the words of the portal. */
export interface SubscriptionSummary {
  readonly id: string;
  readonly plan: string;
  readonly amount: string;
  readonly per: string;
  readonly status: { readonly label: string; readonly tone: Tone };
  /** What happens next, and when. */
  readonly next: string;
  /** When access ends, if a cancellation is scheduled. */
  readonly endsOn: string | undefined;
  /** When access would end if it were cancelled now. */
  readonly periodEnd: string;
}

type Tone = "good" | "soft" | "bad";
type Words = Messages["portal"];

/** What a status is called, how it looks, and which sentence says what comes of it. */
const statuses: Readonly<Record<string, readonly ["active" | "failed" | "paused" | "trial", Tone]>> = {
  active: ["active", "good"],
  past_due: ["failed", "bad"],
  paused: ["paused", "soft"],
  trialing: ["trial", "good"],
  unpaid: ["failed", "bad"],
};

/** What somebody has, what it costs, and what happens next, in their language. */
export function describeSubscription(
  world: World,
  subscription: Subscription,
  { tag, text, money, day }: Language,
): SubscriptionSummary {
  const item = subscription.items.data[0];
  const price = item?.price;
  const names = subscription.items.data.map((one) => world.products[one.price.product as string]?.name);
  const end = item?.current_period_end ?? subscription.created;
  const cancelAt = subscription.cancel_at ?? (subscription.cancel_at_period_end ? end : null);
  const summary = {
    id: subscription.id,
    plan: new Intl.ListFormat(tag).format(names.map((name) => name ?? text.portal.plan.unnamed)),
    amount: money(amountPerPeriod(world, subscription), subscription.currency),
    per: text.interval(toInterval(price?.recurring?.interval), price?.recurring?.interval_count ?? 1),
    endsOn: cancelAt === null ? undefined : day(cancelAt),
    periodEnd: day(end),
  };
  const { status, next } = text.portal;
  if (summary.endsOn !== undefined)
    return {
      ...summary,
      status: { label: status.ends(summary.endsOn), tone: "soft" },
      next: next.ends(summary.endsOn),
    };
  const [name, tone] = statuses[subscription.status] ?? (["incomplete", "soft"] as const);
  return { ...summary, status: { label: status[name], tone }, next: nextStep(name, summary, next) };
}

/** What the items that share the first one's rhythm cost in advance, before discounts and taxes. */
function amountPerPeriod(world: World, subscription: Subscription): number {
  const { data } = subscription.items;
  const rhythm = data[0]?.price.recurring;
  const together = data.filter(
    ({ price }) =>
      price.recurring?.interval === rhythm?.interval &&
      price.recurring?.interval_count === rhythm?.interval_count,
  );
  return together.reduce(
    (sum, { price, quantity }) => sum + priceAmount(world, price, quantity ?? 1, subscription.currency),
    0,
  );
}

function nextStep(
  status: keyof Omit<Words["next"], "changes" | "ends">,
  { amount, per, periodEnd }: Pick<SubscriptionSummary, "amount" | "per" | "periodEnd">,
  next: Words["next"],
): string {
  if (status === "active") return next.active(periodEnd, amount);
  return status === "trial" ? next.trial(periodEnd, amount, per) : next[status];
}
