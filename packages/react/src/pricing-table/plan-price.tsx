import { PriceTag } from "../price-tag/price-tag.js";
import type { PlanView } from "./plan-view.js";
import type { PricingWords } from "./pricing-words.js";

/** The amount that is charged, large; what it means beside and below it, small. */
export function PlanPrice({ view, words }: { readonly view: PlanView; readonly words: PricingWords }) {
  const { plan, price, currency, interval, lacksInterval } = view;
  const { messages, money } = words;
  if (price !== null) {
    const monthly = money(interval === "month" ? price.amount : monthlyPart(price.amount), currency);
    const billed = interval === "month" ? messages.billedMonthly : messages.billedYearly(monthly);
    return (
      <Lines
        amount={money(price.amount, currency)}
        per={messages.per(interval, price.model === "per_seat")}
        detail={lacksInterval ? messages.billedOnly(interval, monthly) : billed}
      />
    );
  }
  if (plan.kind === "free") {
    return <Lines amount={money(0)} detail={messages.freeDetail} per={messages.per(interval, false)} />;
  }
  if (plan.kind === "contact" || view.isTheirs) {
    return <Lines amount={messages.custom} detail={messages.customDetail} />;
  }
  return <Lines amount="–" detail={messages.notSold(words.currency.toUpperCase())} />;
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
