import type { AccessState, Interval, PlanDescription, PriceDescription } from "@tollgate/core";
import { decideNote, type PlanNote } from "./decide-note.js";
import { choosePrice, decideOffer, type PlanOffer, subscriptionOfGroup } from "./decide-offer.js";
import type { PlanActivity } from "./plan-activity.js";

/** One plan as it stands in the table now. */
export interface PlanView {
  readonly plan: PlanDescription;
  readonly price: PriceDescription | null;
  /** The interval of `price`, which may be the only one that the plan has. */
  readonly interval: Interval;
  readonly quantity: number;
  readonly offer: PlanOffer;
  readonly note: PlanNote | null;
  /** The name of the plan that the running one gives way to; `null` without a pending change. */
  readonly nextPlan: string | null;
  readonly activity: PlanActivity;
  /** Whether the person is signed in. */
  readonly isSignedIn: boolean;
  /** `false` while it isn't known who asks: the button is laid out, but says nothing yet. */
  readonly isKnown: boolean;
  /** Where the button leads, when it is a link. */
  readonly href: string | null;
  /** The one plan that the eye should find. */
  readonly isEmphasized: boolean;
}

export function describePlanView(input: {
  readonly plan: PlanDescription;
  readonly plans: readonly PlanDescription[];
  readonly interval: Interval;
  readonly access: AccessState | null;
  readonly isKnown: boolean;
  readonly quantity: number | undefined;
  readonly activity: PlanActivity;
  readonly signInUrl: string | null;
}): PlanView {
  const { plan, plans, access, signInUrl } = input;
  const price = choosePrice(plan, input.interval);
  const held = access && subscriptionOfGroup(access, plans);
  const bought = held?.planId === plan.id ? held.quantity : undefined;
  const quantity = price?.model === "per_seat" ? (input.quantity ?? bought ?? price.minimumQuantity) : 1;
  const offer = decideOffer({ plan, plans, price, quantity, access });
  const note = decideNote({ plan, plans, offer, access });
  const nextId = note?.kind === "changes" ? note.planId : null;
  const signsIn = access?.customerId === null && (offer.kind === "checkout" || offer.kind === "sign_up");
  return {
    plan,
    price,
    interval: price?.interval ?? input.interval,
    quantity,
    offer,
    note,
    nextPlan: nextId === null ? null : (plans.find(({ id }) => id === nextId)?.name ?? nextId),
    activity: input.activity,
    isSignedIn: access !== null && access.customerId !== null,
    isKnown: input.isKnown || offer.kind === "contact",
    href: offer.kind === "contact" ? offer.url : signsIn ? signInUrl : null,
    isEmphasized: plan.featured || !plans.some(({ featured }) => featured),
  };
}
