import { PriceTag } from "../price-tag/price-tag.js";
import type { PlanView } from "./plan-view.js";
import type { PricingWords } from "./pricing-words.js";

/** The amount that is charged, large; what it means beside and below it, small. */
export function PlanPrice({ view, words }: { readonly view: PlanView; readonly words: PricingWords }) {
  const { plan, price, interval } = view;
  const { messages, money } = words;
  if (plan.kind === "contact") return <Lines amount={messages.custom} detail={messages.customDetail} />;
  if (plan.kind === "free") {
    return <Lines amount={money(0)} detail={messages.freeDetail} per={messages.per(interval, false)} />;
  }
  if (price === null) return <Lines amount="–" detail={messages.notSold(words.currency.toUpperCase())} />;
  const detail =
    interval === "month" ? messages.billedMonthly : messages.billedYearly(money(monthlyPart(price.amount)));
  return (
    <Lines
      amount={money(price.amount)}
      per={messages.per(interval, price.model === "per_seat")}
      detail={detail}
    />
  );
}

interface LinesProps {
  readonly amount: string;
  readonly per?: string;
  readonly detail: string;
}

function Lines({ amount, per, detail }: LinesProps) {
  return (
    // A new amount is a new node, so that it fades in after a switch.
    <div data-tollgate-part="price-lines" key={`${amount}${per}`}>
      <PriceTag amount={amount} per={per} />
      <p data-tollgate-part="price-detail">{detail}</p>
    </div>
  );
}

/** A twelfth of the year, to the nearest minor unit. */
function monthlyPart(yearly: number): number {
  return Math.round(yearly / 12);
}
