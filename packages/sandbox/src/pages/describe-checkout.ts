import { fromAnchor } from "../engine/billing-cycle.js";
import type { CheckoutSession } from "../engine/wire.js";
import type { CheckoutIntent } from "../engine/world.js";
import { describeLine, fullAmount, type OrderLine } from "./describe-order-line.js";
import { formatDay, formatInterval, formatMoney, toInterval } from "./format-money.js";

/** Everything that the checkout page says, in words. */
export interface CheckoutSummary {
  readonly title: string;
  /** The large figure, such as `$29.00`. */
  readonly headline: string;
  /** Beside the large figure: `per month`. */
  readonly headlineDetail: string | undefined;
  /** What happens after today, and when. */
  readonly later: string | undefined;
  readonly lines: readonly OrderLine[];
  readonly dueToday: string | undefined;
  readonly button: string;
  /** What pressing the button agrees to. */
  readonly terms: string | undefined;
  /** False when nothing is due now and the session takes no card in that case. */
  readonly asksForCard: boolean;
}

export function describeCheckout(
  session: CheckoutSession,
  intent: CheckoutIntent,
  now: number,
): CheckoutSummary {
  if (session.mode === "setup") return describeSetup();
  const currency = session.currency ?? "usd";
  const lines = intent.lineItems.map(describeLine);
  if (session.mode === "payment") {
    const total = formatMoney(session.amount_total ?? 0, currency);
    return {
      ...emptySummary,
      title: "Payment",
      headline: total,
      lines,
      dueToday: total,
      button: `Pay ${total}`,
    };
  }
  return { ...emptySummary, lines, ...describeSubscription(session, intent, currency, now) };
}

const emptySummary = {
  headlineDetail: undefined,
  later: undefined,
  terms: undefined,
  asksForCard: true,
} as const;

function describeSetup(): CheckoutSummary {
  return {
    ...emptySummary,
    title: "Save a card",
    headline: "Nothing due today",
    later: "Your card is saved for later payments. You are not charged now.",
    lines: [],
    dueToday: undefined,
    button: "Save card",
  };
}

function describeSubscription(
  session: CheckoutSession,
  intent: CheckoutIntent,
  currency: string,
  now: number,
) {
  const recurring = intent.lineItems.filter((line) => line.price?.recurring);
  const rhythm = recurring[0]?.price?.recurring;
  const interval = toInterval(rhythm?.interval);
  const per = formatInterval(interval, rhythm?.interval_count ?? 1);
  const price = formatMoney(sum(recurring.map(fullAmount)), currency);
  const once = sum(intent.lineItems.filter((line) => !line.price?.recurring).map(fullAmount));
  const trialEnd = findTrialEnd(intent, now);
  const title = `Subscribe to ${recurring[0]?.description ?? "a plan"}`;
  if (trialEnd === undefined) {
    const due = formatMoney(session.amount_total ?? sum(intent.lineItems.map(fullAmount)), currency);
    const renewal = formatDay(fromAnchor(now, { interval, interval_count: rhythm?.interval_count ?? 1 }, 1));
    return {
      title,
      headline: price,
      headlineDetail: per,
      later: `You’ll be charged ${due} today, then ${price} ${per} from ${renewal}, until you cancel.`,
      dueToday: due,
      button: `Pay ${due}`,
      terms: `By paying you allow this card to be charged ${price} ${per} until you cancel. You can cancel at any time.`,
    };
  }
  const asksForCard = session.payment_method_collection !== "if_required" || once > 0;
  const end = formatDay(trialEnd);
  return {
    title,
    headline: describeTrial(trialEnd - now),
    later: asksForCard
      ? `When the trial ends on ${end}, you’ll be charged ${price} ${per} unless you cancel before.`
      : noCardEnd[intent.subscription.missingPaymentMethod](end, `${price} ${per}`),
    dueToday: formatMoney(once, currency),
    button: once > 0 ? `Pay ${formatMoney(once, currency)}` : "Start trial",
    terms: asksForCard
      ? `By starting the trial you allow this card to be charged ${price} ${per} from ${end}, until you cancel.`
      : undefined,
    asksForCard,
  };
}

const noCardEnd = {
  cancel: (end, price) =>
    `No card needed. The trial ends on ${end}; to go on after that, add a card (${price}).`,
  pause: (end, price) => `No card needed. Your plan pauses on ${end} until you add a card (${price}).`,
  create_invoice: (end, price) => `No card needed. On ${end} you’ll get an invoice (${price}).`,
} satisfies Record<
  CheckoutIntent["subscription"]["missingPaymentMethod"],
  (end: string, price: string) => string
>;

function describeTrial(length: number): string {
  const days = Math.max(1, Math.round(length / 86_400));
  return days === 1 ? "1 day free" : `${days} days free`;
}

function findTrialEnd({ subscription }: CheckoutIntent, now: number): number | undefined {
  if (subscription.trialEnd !== null) return subscription.trialEnd;
  return subscription.trialPeriodDays === null ? undefined : now + subscription.trialPeriodDays * 86_400;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
