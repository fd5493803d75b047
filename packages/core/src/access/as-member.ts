import { addOnOffersToMember } from "../offer/add-on-offer.js";
import { offersToMember } from "../offer/offer-to.js";
import type { AccessState } from "./access-state.js";

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
  const { paymentTrouble, offers, addOnOffers } = state;
  const trouble = paymentTrouble && { ...paymentTrouble, due: null };
  return {
    ...state,
    canManage: false,
    offers: offersToMember(offers),
    ...(addOnOffers && { addOnOffers: addOnOffersToMember(addOnOffers) }),
    paymentTrouble: trouble,
  };
}
