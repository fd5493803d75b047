import type { Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import type { IsoTime } from "../language/time.js";

/** What one unit of an add-on costs this customer, and how many there may be. */
export interface AddOnTerms {
  readonly interval: Interval;
  readonly currency: Currency;
  /** Per unit and interval, in minor units; `null` where they pay several amounts, or nobody knows. */
  readonly amount: number | null;
  readonly maximum: number;
}

/** What a person may do about an add-on now. */
export type AddOnOffer =
  /** It may be taken up, in the subscription that runs. */
  | ({ readonly kind: "add" } & AddOnTerms)
  /** They have it, at what they pay. `changes`: whether it may be taken off, and its number changed. */
  | ({ readonly kind: "held"; readonly quantity: number; readonly changes: boolean } & AddOnTerms)
  /** Agreed: of `quantity` it becomes `to` at `at`; 0: it goes. */
  | { readonly kind: "pending"; readonly quantity: number; readonly to: number; readonly at: IsoTime }
  /** The plan that they have grants already all that it adds. */
  | { readonly kind: "included" }
  /** It is bought together with a plan. */
  | { readonly kind: "checkout" }
  /** The plan that they have does not take it. */
  | { readonly kind: "not_for_plan" }
  /** No price by the interval or in the currency of what they have. */
  | { readonly kind: "not_sold" }
  /** Not as long as the subscription is cancelled, paused or not paid, or where the provider can't do it. */
  | { readonly kind: "not_changeable" }
  /** There is something to do, but somebody else at the customer has to do it: `canManage` is false. */
  | { readonly kind: "managers_only" };

/** By add-on: every one that is for sale or held. */
export type AddOnOffers = Readonly<Record<string, AddOnOffer>>;

/** The same offers for a person who may not manage billing. */
export function addOnOffersToMember(offers: AddOnOffers): AddOnOffers {
  const entries = Object.entries(offers).map(([id, offer]): [string, AddOnOffer] => {
    if (offer.kind === "held") return [id, { ...offer, changes: false }];
    return [id, offer.kind === "add" || offer.kind === "checkout" ? { kind: "managers_only" } : offer];
  });
  return Object.fromEntries(entries);
}
