import { addOnOffersToMember } from "../offer/add-on-offer.js";
import { offersToMember } from "../offer/offer-to.js";
import type { AccessState, FeatureAccess } from "./access-state.js";

/**
 * The same for a person who may not manage billing: what there is to do, somebody else has to do, and what is owed is
 * none of their business.
 *
 * @example
 * function whatMembersSee(state: AccessState): AccessState {
 *   return asMember(state);
 * }
 */
export function asMember(state: AccessState): AccessState {
  const { paymentTrouble, offers, addOnOffers, features } = state;
  const capped = Object.entries(features).filter(([, { cap }]) => cap !== undefined);
  const unspent = capped.map(([id, one]) => [id, { ...one, ...withoutSpent(one) }] as const);
  const trouble = paymentTrouble && { ...paymentTrouble, due: null };
  return {
    ...state,
    canManage: false,
    offers: offersToMember(offers),
    ...(addOnOffers && { addOnOffers: addOnOffersToMember(addOnOffers) }),
    paymentTrouble: trouble,
    ...(capped.length > 0 && { features: { ...features, ...Object.fromEntries(unspent) } }),
  };
}

function withoutSpent({ cap }: FeatureAccess): Pick<FeatureAccess, "cap"> {
  return cap === undefined ? {} : { cap: { ...cap, spent: null } };
}
