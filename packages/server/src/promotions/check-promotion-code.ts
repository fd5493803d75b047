import { compareWithPaidTrial, seatsInUse } from "@tollgate/core";
import type { PromotionCodeRequest, PromotionCodeResponse } from "@tollgate/core/contract";
import { decideOffer, findCurrency, trialDaysOf, withoutPaidTrial } from "../checkouts/decide-offer.js";
import { toChoice } from "../checkouts/plan-checkout.js";
import type { CatalogContext } from "../context/billing-context.js";
import { findPromotion } from "./find-promotion.js";

/**
 * Says what a code does for a customer and what they want to buy, or why it can't be used. Creates nothing.
 *
 * @throws BillingError as a checkout would refuse the purchase itself; `not_supported`
 */
export async function checkPromotionCode(
  context: CatalogContext,
  customerId: string,
  { code, ...wanted }: PromotionCodeRequest,
): Promise<PromotionCodeResponse> {
  const billedIn = wanted.currency === undefined ? await findCurrency(context, customerId) : null;
  const members = seatsInUse(await context.store.listSeats(customerId));
  const decided = await decideOffer(
    context,
    customerId,
    toChoice(context.catalog, wanted, billedIn, members),
  );
  const offer = withoutPaidTrial(decided);
  const { currency } = offer;
  const decision = await findPromotion(context, customerId, offer, code);
  if (!decision.fits) return { ...decision, currency };
  const { id: _, ...promotion } = decision.promotion;
  const { intro } = decision;
  const paidTrial = compareWithPaidTrial(decided, decision.promotion, context.clock());
  const replaced = { ...(intro && { intro }), ...(paidTrial && { paidTrial }) };
  return { fits: true, currency, trialDays: trialDaysOf(offer), ...promotion, ...replaced };
}
