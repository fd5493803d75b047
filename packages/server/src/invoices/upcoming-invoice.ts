import { chooseSubscription, hasEnded, type UpcomingInvoice } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import type { SubscriptionChoice } from "../endings/read-managed.js";
import { reportBefore } from "../usage/report-usage.js";
import { invoicesNotSupported } from "./invoice-accounts.js";

/**
 * What the next invoice of a customer's subscription will be; `null` when none is to come.
 *
 * @throws BillingError `not_supported`, `provider_not_configured`
 */
export async function readUpcoming(
  everyone: BillingContext,
  { customerId, group }: SubscriptionChoice,
): Promise<UpcomingInvoice | null> {
  const all = await everyone.store.listSubscriptions(customerId);
  const running = all.filter((one) => one.status !== "incomplete" && !hasEnded(one));
  if (running.length === 0) return null;
  const chosen = chooseSubscription(running, group);
  const { provider } = atProvider(everyone, chosen.provider);
  if (provider.invoices?.upcoming === undefined)
    throw invoicesNotSupported(provider.id, "say what the next invoice will be");
  await reportBefore(everyone, chosen);
  return provider.invoices.upcoming(chosen);
}
