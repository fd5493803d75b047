import { type Interval, intervalParts } from "@tollgate/core";
import { PriceTag } from "../price-tag/price-tag.js";
import type { PlanView } from "./plan-view.js";
import { type PricingWords, sayRate } from "./pricing-words.js";

interface PlanPriceProps {
  readonly view: PlanView;
  readonly words: PricingWords;
}

/** The amount that is charged, large, and what it is for, small beside it. */
export function PlanAmount({ view, words }: PlanPriceProps) {
  const { plan, price, interval } = view;
  const isPaidOrFree = price !== null || plan.kind === "free";
  const { per, from } = words.messages;
  const units = price?.rate?.kind === "package" ? words.count(price.rate.size) : undefined;
  return (
    <PriceTag
      from={price?.model === "tiered" ? from : undefined}
      amount={sayAmount(view, words)}
      per={isPaidOrFree ? per(interval, price?.model === "per_seat", units) : undefined}
    />
  );
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
      <OfAllIntervals view={view} say={(one) => sayDetail(one, words)} />
    </p>
  );
}

interface OfAllIntervalsProps {
  readonly view: PlanView;
  readonly say: (view: PlanView) => string;
  /** Takes the place of what is said about the interval that is shown. */
  readonly instead?: string | undefined;
}

/** What is said about the other intervals takes up its space too: a switch moves nothing. */
export function OfAllIntervals({ view, say, instead }: OfAllIntervalsProps) {
  const { plan, price, lacksInterval } = view;
  const others = price === null || lacksInterval ? [] : plan.prices;
  return (
    <>
      <span>{instead ?? say(view)}</span>
      {others.map((other) =>
        other.interval === view.interval ? null : (
          <span data-shown={false} aria-hidden="true" key={other.interval}>
            {say({ ...view, price: other, interval: other.interval })}
          </span>
        ),
      )}
    </>
  );
}

function sayDetail(view: PlanView, words: PricingWords): string {
  const { price, currency, lacksInterval } = view;
  if (price?.model !== "tiered" || !price.rate) return sayBilling(view, words);
  return sayRate(words, price.rate, currency) + (lacksInterval ? `\n${sayBilling(view, words)}` : "");
}

function sayBilling(view: PlanView, words: PricingWords): string {
  const { plan, price, currency, interval, lacksInterval, isTheirs } = view;
  const { messages, money } = words;
  if (price !== null) {
    const months = monthsOf(interval);
    // To the nearest minor unit.
    const monthly = months === null ? null : money(Math.round(price.amount / months), currency);
    if (monthly === null || (months !== 1 && months !== 12)) {
      return messages.billedEvery(interval, monthly, lacksInterval);
    }
    if (lacksInterval) return messages.billedOnly(interval, monthly);
    return months === 1 ? messages.billedMonthly : messages.billedYearly(monthly);
  }
  if (plan.kind === "free") return messages.freeDetail;
  if (plan.kind === "contact" || isTheirs) return messages.customDetail;
  return messages.notSold(words.currency.toUpperCase());
}

/** `null` for days and weeks. */
function monthsOf(interval: Interval): number | null {
  const { unit, count } = intervalParts(interval);
  return unit === "month" ? count : unit === "year" ? count * 12 : null;
}
