import { BillingError, type BillingProvider } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import type Stripe from "stripe";
import { portalOf } from "../with-parts.js";

// What customers do themselves, at the provider.

/** Pays from a bank account from now on; such a payment is on its way for a while before it succeeds or fails. */
export async function switchToDebit(stripe: Stripe, customer: string, good: boolean): Promise<void> {
  const account_number = good ? "000123456789" : "000111111113";
  const { id } = await stripe.paymentMethods.create({
    type: "us_bank_account",
    us_bank_account: { account_holder_type: "individual", account_number, routing_number: "110000000" },
    billing_details: { name: "Ada Lovelace", email: "ada@example.com" },
  });
  await stripe.paymentMethods.attach(id, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
}

/** What a person does in the portal that we open for them: another plan, now or from the end of the period. */
export async function switchInPortal(
  provider: BillingProvider,
  subscription: Stripe.Subscription,
  price: string,
  quantity: number,
): Promise<void> {
  const url = await openPortal(provider, subscription);
  if (url === null) return;
  const { origin, pathname } = new URL(url);
  const [home] = pathname.match(/^\/p\/session\/[^/]+/) ?? [];
  if (home === undefined) throw new Error(`This is no portal: ${pathname}`);
  const page = `${origin}${home}/switch/${subscription.id}/${price}?quantity=${quantity}`;
  // What this portal does not offer is not found, and what the card does not pay is a 402: nothing has happened.
  const { status } = await fetch(page, { method: "POST", redirect: "manual" });
  if (status >= 500 || status === 403) throw new Error(`The portal answered ${status}.`);
}

/** `null`: what this subscription has can't be switched in a portal. */
async function openPortal(
  provider: BillingProvider,
  { id: subscriptionId, customer }: Stripe.Subscription,
): Promise<string | null> {
  const flow = { type: "switch_plan", subscriptionId } as const;
  const input = { providerCustomerId: String(customer), returnUrl: "https://app.example.com/account", flow };
  try {
    return (await portalOf(provider).open(input, buildCatalog())).url;
  } catch (error) {
    if (error instanceof BillingError && error.code === "nothing_to_manage") return null;
    throw error;
  }
}
