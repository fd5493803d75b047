import {
  type AccessState,
  type Currency,
  choosePrice,
  costOf,
  type Interval,
  type PlanDescription,
  type PlanOffer,
  type PriceDescription,
  type SubscriptionSummary,
} from "@tollgate/core";
import { decideNote, type PlanNote } from "./decide-note.js";
import { decideOffer } from "./decide-offer.js";
import { decideSeats } from "./decide-seats.js";
import type { PlanActivity } from "./plan-activity.js";

/** One plan as the table shows it now. */
export interface PlanView {
  readonly plan: PlanDescription;
  /** What this person pays or would pay; `null` without a single amount. */
  readonly price: PriceDescription | null;
  /** The currency of `price`: a subscriber's own plan is always in the currency that they pay in. */
  readonly currency: Currency;
  /** The interval of `price`, which may be the only one that the plan has. */
  readonly interval: Interval;
  /** Whether the plan is not sold by the interval that was asked for. */
  readonly lacksInterval: boolean;
  /** What is bought. */
  readonly quantity: number;
  /** What the seat field says: `quantity`, or a number that can't be bought; `NaN` when it is empty. */
  readonly seats: number;
  /** What they pay for this plan now, all seats together; `null` when it isn't theirs. */
  readonly own: { readonly total: number; readonly interval: Interval } | null;
  /** Whether they subscribe to this plan. */
  readonly isTheirs: boolean;
  readonly offer: PlanOffer;
  readonly note: PlanNote | null;
  /** The name of the other plan that the note mentions; `null` also for one that is not shown. */
  readonly notedPlan: string | null;
  readonly activity: PlanActivity;
  /** Whether the person is signed in. */
  readonly isSignedIn: boolean;
  /** `false` while it isn't known who is asking: the button is laid out, but says nothing yet. */
  readonly isKnown: boolean;
  /** Whether it was laid out before it was known who is asking: then it takes up no less space. */
  readonly keepsRoom: boolean;
  /** Where the button leads, when it is a link. */
  readonly href: string | false | undefined;
  /** Featured, and a step up for whoever is looking at it. */
  readonly isRecommended: boolean;
}

export function describePlanView(input: {
  readonly plan: PlanDescription;
  readonly plans: readonly PlanDescription[];
  /** What they have in the plans' group. */
  readonly held: SubscriptionSummary | null;
  readonly interval: Interval;
  readonly currency: Currency;
  readonly access: AccessState | null;
  readonly isKnown: boolean;
  readonly keepsRoom: boolean;
  readonly quantity: number | undefined;
  readonly activity: PlanActivity;
  readonly signInUrl: string | undefined;
  /** Where a subscription is changed; `undefined`: nowhere. Empty: the app does it by itself. */
  readonly changeUrl: string | undefined;
}): PlanView {
  const { plan, plans, held, access, signInUrl, changeUrl } = input;
  const own = held?.planId === plan.id ? held : null;
  // A change that is agreed is shown as it was agreed.
  const pending = own === null && held?.pendingChange?.planId === plan.id ? held.pendingChange : null;
  const asked = pending?.interval ?? input.interval;
  const price = own?.unitAmount === null && own.interval === asked ? null : choosePrice(plan, asked);
  const interval = price?.interval ?? asked;
  const { quantity, seats } = decideSeats(price, input.quantity, (own ?? pending)?.quantity);
  const offer = decideOffer({ plan, price, quantity, held, access, switches: changeUrl !== undefined });
  const note = decideNote({ plan, offer, held, canManage: access?.canManage !== false });
  const notedId = note !== null && "planId" in note ? note.planId : null;
  const signsIn = access?.customerId === null && (offer.kind === "checkout" || offer.kind === "sign_up");
  const changesAt = offer.kind === "switch" && changeUrl && `${changeUrl}?plan=${plan.id}`;
  const ownTotal = own && costOf({ amount: own.unitAmount, rate: own.rate }, own.quantity);
  return {
    ...input,
    price,
    currency: own?.currency ?? input.currency,
    interval,
    lacksInterval: interval !== asked,
    quantity,
    seats,
    isTheirs: own !== null,
    own: own && ownTotal !== null ? { total: ownTotal, interval: own.interval } : null,
    offer,
    note,
    notedPlan: plans.find(({ id }) => id === notedId)?.name ?? null,
    isSignedIn: access !== null && access.customerId !== null,
    isKnown: input.isKnown || offer.kind === "contact",
    href: "url" in offer ? offer.url : signsIn ? signInUrl : changesAt,
    // A plan that they can't have now is not recommended.
    isRecommended:
      plan.featured &&
      pending === null &&
      isStepUp(plan, plans, held) &&
      offer.kind !== "current" &&
      offer.kind !== "not_switchable",
  };
}

/** What all seats cost together, in minor units. */
export function totalOf(price: PriceDescription, quantity: number): number {
  return price.model === "flat" ? price.amount : costOf(price, quantity);
}

function isStepUp(
  plan: PlanDescription,
  plans: readonly PlanDescription[],
  held: SubscriptionSummary | null,
): boolean {
  const place = (id: string) => plans.findIndex((one) => one.id === id);
  return held === null || place(plan.id) > place(held.planId);
}
