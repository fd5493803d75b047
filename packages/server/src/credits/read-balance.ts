import { type CreditsBalance, type CreditsOf, readCreditsBalance } from "@tollgate/core";
import { checkCreditsOf } from "./check-credits-wish.js";
import type { CreditsContext } from "./credits-context.js";
import { grantDueCredits } from "./due-credits.js";

/**
 * What a customer has of one of the catalog's credits, once everything due is granted.
 *
 * @throws BillingError `invalid_customer_id`, `unknown_feature`, `store_unavailable`
 */
export async function readBalance(context: CreditsContext, of: CreditsOf): Promise<CreditsBalance> {
  checkCreditsOf(context.catalog, of);
  const { customerId, credit } = of;
  await grantDueCredits(context, { customerId, credit });
  return context.creditsDesk.run(
    context,
    { customerId, credit },
    { decide: (state) => ({ state, result: readCreditsBalance(state.account) }) },
  );
}
