import { BillingError } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { closeCheckout } from "./close-checkout.js";
import type { CheckoutPlan } from "./open-checkout.js";

/**
 * Closes the customer's open checkouts of other plans after the provider refused to bill in a second currency:
 * one that was left open in another counts as well.
 *
 * @returns whether there were any; otherwise the refusal stands
 */
export async function makeWay(
  context: BillingContext,
  { link, slot }: CheckoutPlan,
  refusal: unknown,
): Promise<boolean> {
  if (!(refusal instanceof BillingError) || refusal.code !== "currency_conflict") return false;
  const store = await context.openStore();
  const open = await store.listOpenCheckouts(link.customerId);
  const others = open.filter((one) => one.slot !== slot && one.slot.startsWith("plan:"));
  for (const other of others) await closeCheckout(context, other);
  return others.length > 0;
}
