import type Stripe from "stripe";
import {
  type Books,
  isGivenBack,
  isTrial,
  isWithinPeriod,
  type PlanByPrice,
  priceOf,
  subscriptionOf,
} from "./provider-books.js";

/** Seats by plan. */
type Seats = ReadonlyMap<string, number>;

/**
 * What somebody may use by the provider's books alone: none of our own decisions are asked.
 */
export interface PaidFor {
  /** What is paid for now, or being tried: nobody may be locked out of it. */
  readonly paid: Seats;
  /** What may be open although nothing is paid for it now: grace, an invoice that is being charged, a gift. */
  readonly lent: Seats;
}

/** What the books don't say, because it was agreed with us or lies in the past. */
export interface Agreed {
  /** The subscriptions that were ended before their time, as they wished. */
  readonly left: ReadonlySet<string>;
  /** The failed payments by invoice: when the first was told, in seconds. */
  readonly firstFailures: ReadonlyMap<string, number>;
  /** When each dispute was decided, in seconds. */
  readonly decided: ReadonlyMap<string, number>;
  readonly graceDays: number;
  readonly plans: PlanByPrice;
}

/** Judges the books as of a moment. */
export function toPaidFor(books: Books, agreed: Agreed, at: Date): PaidFor {
  const now = Math.floor(at.getTime() / 1000);
  const paid = new Map<string, number>();
  const lent = new Map<string, number>();
  for (const subscription of books.subscriptions) {
    const { id, status, trial_end } = subscription;
    if (agreed.left.has(id) || status === "paused" || wentBack(books, id, agreed)) continue;
    const [item] = subscription.items.data;
    const ownPlan = item?.price.metadata.tollgate_plan ?? "";
    for (const [plan, seats] of coverage(books, id, agreed.plans, now)) add(paid, plan, seats);
    if (status === "trialing" && (trial_end ?? 0) > now) add(paid, ownPlan, item?.quantity ?? 1);
    if (status !== "canceled" && isLent(books, subscription, agreed, now)) {
      add(lent, ownPlan, item?.quantity ?? 1);
    }
  }
  return { paid, lent };
}

/** Of the paid invoices, the lines whose time is now: what was billed less what was given back. */
function coverage(
  { invoices, pending }: Books,
  subscription: string,
  plans: PlanByPrice,
  now: number,
): Seats {
  const seats = new Map<string, number>();
  const isNow = ({ start, end }: { start: number; end: number }) => start <= now && now < end;
  for (const { status, lines } of invoices) {
    if (status !== "paid") continue;
    for (const line of lines.data) {
      if (subscriptionOf(line) !== subscription || !isNow(line.period) || isTrial(line)) continue;
      const sign = isGivenBack(line) ? -1 : 1;
      add(seats, plans.get(priceOf(line)) ?? "", sign * (line.quantity ?? 1));
    }
  }
  for (const item of pending) {
    const of = item.parent?.subscription_details?.subscription;
    if (of !== subscription || item.amount >= 0 || !isNow(item.period)) continue;
    add(seats, plans.get(priceOf(item)) ?? "", -item.quantity);
  }
  return new Map([...seats].filter(([, count]) => count > 0));
}

/**
 * The policies that are promised: a renewal is charged about an hour after it began; one who paid before
 * gets grace from the first failure on; a paused collection continues the service.
 */
function isLent(books: Books, subscription: Stripe.Subscription, agreed: Agreed, now: number): boolean {
  const { id, status, pause_collection } = subscription;
  if (status === "incomplete" || status === "unpaid" || status === "incomplete_expired") return false;
  const own = books.invoices.filter((invoice) => invoice.parent?.subscription_details?.subscription === id);
  const gifts = own.filter(
    (invoice) => invoice.status === "void" && invoice.billing_reason === "subscription_cycle",
  );
  const given = gifts.some((invoice) =>
    invoice.lines.data.some(({ period }) => period.start <= now && now < period.end),
  );
  const open = own.filter((invoice) => invoice.status === "open" || invoice.status === "draft");
  const tried = open.filter(({ id: invoice }) => agreed.firstFailures.has(invoice ?? ""));
  if (pause_collection !== null && tried.length === 0) return true;
  if (status === "active") return given || open.some((one) => isBeingCharged(one, now) || isWithheld(one));
  const paidBefore = own.some((invoice) => invoice.status === "paid" && invoice.total > 0);
  const failures = tried.map(({ id: invoice }) => agreed.firstFailures.get(invoice ?? "") ?? 0);
  return paidBefore && now < Math.min(...failures) + agreed.graceDays * 86_400;
}

/**
 * A draft of the time in which the provider had given up: whoever settles what is open is in good standing again, and the
 * drafts are the app's to finalize (https://docs.stripe.com/billing/subscriptions/overview#unpaid-subscriptions).
 */
function isWithheld({ status, auto_advance }: Stripe.Invoice): boolean {
  return status === "draft" && auto_advance === false;
}

function isBeingCharged({ attempt_count, period_end, created }: Stripe.Invoice, now: number): boolean {
  return attempt_count === 0 && now <= Math.max(created, period_end) + 2 * 3600;
}

/** Whether the whole payment for a period went back, or was taken back, before that period was over. */
function wentBack(books: Books, subscription: string, { decided }: Agreed): boolean {
  return books.invoices.some((invoice) => {
    const period = invoice.lines.data.find(
      (line) => subscriptionOf(line) === subscription && !isWithinPeriod(line),
    )?.period;
    if (period === undefined) return false;
    const intents = (invoice.payments?.data ?? []).map(({ payment }) => payment.payment_intent);
    const charges = books.charges.filter(
      ({ payment_intent, status }) => status === "succeeded" && intents.includes(String(payment_intent)),
    );
    const total = charges.reduce((sum, { amount }) => sum + amount, 0);
    const returns = charges.flatMap(({ id }) => [
      ...books.refunds
        .filter(({ charge, status }) => charge === id && status === "succeeded")
        .map(({ amount, created }) => ({ amount, at: created })),
      ...books.disputes
        .filter(({ charge, status }) => charge === id && (status === "lost" || status === "prevented"))
        .map(({ amount, id: dispute, created }) => ({ amount, at: decided.get(dispute) ?? created })),
    ]);
    const gone = returns.reduce((sum, { amount }) => sum + amount, 0);
    return total > 0 && gone >= total && Math.max(...returns.map(({ at }) => at)) < period.end;
  });
}

function add(to: Map<string, number>, plan: string, seats: number): void {
  to.set(plan, (to.get(plan) ?? 0) + seats);
}
