import { PriceTag } from "../price-tag/price-tag.js";
import type { PlanView } from "./plan-view.js";
import type { PricingWords } from "./pricing-words.js";

interface PlanPriceProps {
  readonly view: PlanView;
  readonly words: PricingWords;
}

/** The amount that is charged, large, and what it is for, small beside it. */
export function PlanAmount({ view, words }: PlanPriceProps) {
  const { plan, price, interval } = view;
  const isPaidOrFree = price !== null || plan.kind === "free";
  const per = isPaidOrFree ? words.messages.per(interval, price?.model === "per_seat") : undefined;
  return <PriceTag amount={sayAmount(view, words)} per={per} />;
}

function sayAmount({ plan, price, currency, isTheirs }: PlanView, { messages, money }: PricingWords): string {
  if (price !== null) return money(price.amount, currency);
  if (plan.kind === "free") return money(0);
  return plan.kind === "contact" || isTheirs ? messages.custom : "–";
}

/** All amounts of a table have one size, so that they line up: the size at which the longest of them fits. */
export function amountSize(views: readonly PlanView[], words: PricingWords): "long" | "longer" | undefined {
  const amounts = views.filter(({ price }) => price !== null).map((view) => sayAmount(view, words));
  // Marks and isolates take up no space.
  const longest = Math.max(0, ...amounts.map((amount) => amount.replace(/\p{Cf}/gu, "").length));
  return longest > 13 ? "longer" : longest > 8 ? "long" : undefined;
}

/** How it is billed, below the amount. */
export function PriceDetail({ view, words }: PlanPriceProps) {
  return (
    <p data-tollgate-part="price-detail" key={view.interval}>
      <OfBothIntervals view={view} say={(one) => sayDetail(one, words)} />
    </p>
  );
}

interface OfBothIntervalsProps {
  readonly view: PlanView;
  readonly say: (view: PlanView) => string;
  /** Takes the place of what is said about the interval that is shown. */
  readonly instead?: string | undefined;
}

/** What is said about the other interval takes up its space too: a switch moves nothing. */
export function OfBothIntervals({ view, say, instead }: OfBothIntervalsProps) {
  const other = view.plan.prices.find(({ interval }) => view.price && interval !== view.price.interval);
  return (
    <>
      <span>{instead ?? say(view)}</span>
      {other && !view.lacksInterval ? (
        <span data-shown={false} aria-hidden="true">
          {say({ ...view, price: other, interval: other.interval })}
        </span>
      ) : null}
    </>
  );
}

function sayDetail(view: PlanView, words: PricingWords): string {
  const { plan, price, currency, interval, lacksInterval, isTheirs } = view;
  const { messages, money } = words;
  if (price !== null) {
    const monthly = money(interval === "month" ? price.amount : monthlyPart(price.amount), currency);
    if (lacksInterval) return messages.billedOnly(interval, monthly);
    return interval === "month" ? messages.billedMonthly : messages.billedYearly(monthly);
  }
  if (plan.kind === "free") return messages.freeDetail;
  if (plan.kind === "contact" || isTheirs) return messages.customDetail;
  return messages.notSold(words.currency.toUpperCase());
}

/** A twelfth of the year, to the nearest minor unit. */
function monthlyPart(yearly: number): number {
  return Math.round(yearly / 12);
}
