import {
  type AccessState,
  costOf,
  findOffer,
  offerForChoice,
  type PlanDescription,
  type PlanOffer,
  type PriceDescription,
  type SubscriptionSummary,
} from "@tollgate/core";
import { countsSeats } from "./decide-seats.js";

/** What pressing the plan's button does for this person, as the plan is shown. */
export function decideOffer(input: {
  readonly plan: PlanDescription;
  /** The price that is shown; `null` for a plan without one. */
  readonly price: PriceDescription | null;
  readonly quantity: number;
  /** What they have in the plan's group. */
  readonly held: SubscriptionSummary | null;
  /** `null` when it could not be read who is asking: nothing is promised then, and the server decides. */
  readonly access: AccessState | null;
  /** Whether the app has a place where a subscription is changed. */
  readonly switches: boolean;
}): PlanOffer {
  const { plan, price, quantity, held, access } = input;
  const offer = findOffer(access?.offers, access === null ? { ...plan, trialDays: 0 } : plan);
  if (price === null) {
    const isSettled = plan.kind !== "paid" || offer.kind === "current" || offer.kind === "pending";
    return isSettled ? offer : { kind: "not_sold" };
  }
  const chosen = {
    interval: price.interval,
    quantity: countsSeats(price) ? quantity : (held?.quantity ?? 1),
    total: costOf(price, quantity),
  };
  const chosenOffer = offerForChoice(offer, held && choiceOf(held), chosen, access?.canManage !== false);
  return chosenOffer.kind === "switch" && !input.switches ? { kind: "not_switchable" } : chosenOffer;
}

function choiceOf({ interval, quantity, unitAmount: amount, rate }: SubscriptionSummary) {
  return { interval, quantity, total: costOf({ amount, rate }, quantity) };
}
