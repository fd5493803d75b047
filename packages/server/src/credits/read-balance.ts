import { type CreditsBalance, type CreditsOf, type CreditsSummary, readCreditsBalance } from "@tollgate/core";
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

/** What a customer has of each of the catalog's credits, as their pages show it. */
export async function readSummaries(
  context: CreditsContext,
  customerId: string,
): Promise<Readonly<Record<string, CreditsSummary>>> {
  const names = Object.keys(context.catalog.credits ?? {});
  const every = names.map(async (credit) => {
    const { available, held, owed, expiring } = await readBalance(context, { customerId, credit });
    return [credit, { available, held, owed, expiring }] as const;
  });
  return Object.fromEntries(await Promise.all(every));
}
