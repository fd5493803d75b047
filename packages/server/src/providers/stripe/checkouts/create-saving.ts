import type { OpenSavingInput, ProviderCheckout } from "@tollgate/core";
import type { CallStripe } from "../client/stripe-client.js";
import type { BillingTerms } from "../client/stripe-terms.js";
import { aboutCustomer } from "../client/to-provider-error.js";
import { underOwnKey } from "../client/under-own-key.js";
import type { StripeNames } from "../language/names.js";
import { toSavingTerms } from "../terms/session-terms.js";
import { toCheckout } from "./checkout.js";
import { ownerOf, placeOf } from "./create-checkout.js";
import type { TermsPage } from "./terms-page.js";

/**
 * Opens a session of the mode `setup` (https://docs.stripe.com/payments/save-and-reuse). It takes a currency, by which
 * Stripe chooses what it offers, and attaches what is saved to the customer. We rely on its defaults: 24 hours until it
 * expires, whatever the dashboard's settings offer, and saved for payments at which nobody is there (`off_session`).
 */
export async function createSaving(
  {
    call,
    names,
    terms,
    page,
  }: {
    readonly call: CallStripe;
    readonly names: StripeNames;
    readonly terms: BillingTerms;
    readonly page: TermsPage;
  },
  input: OpenSavingInput,
): Promise<ProviderCheckout> {
  const { customerId, providerCustomerId, currency, idempotencyKey } = input;
  const metadata = ownerOf(names, input);
  const params = {
    mode: "setup",
    ...(providerCustomerId !== null && { customer: providerCustomerId }),
    client_reference_id: customerId,
    currency,
    metadata,
    setup_intent_data: { metadata },
    ...placeOf(input),
    ...toSavingTerms(terms),
  } as const;
  const request = call((client) => client.checkout.sessions.create(params, { idempotencyKey }));
  return toCheckout(await aboutCustomer(underOwnKey(page.watch(request))));
}
