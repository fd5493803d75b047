import { BillingError, currenciesOf } from "@tollgate/core";
import type { CheckoutContext } from "../checkouts/checkout-options.js";
import { chooseKind } from "../checkouts/choose-kind.js";
import { findCurrency } from "../checkouts/decide-offer.js";
import { needSaver, openSaving } from "../checkouts/open-saving.js";
import { toLanding } from "../checkouts/plan-checkout.js";
import type { Identity } from "../context/identity.js";
import { atProvider } from "../context/providers.js";
import { ensureCustomer } from "../customers/ensure-customer.js";
import { forgetCustomer, isCustomerMissing } from "../customers/forget-customer.js";
import type { CustomersContext } from "../customers/identify-customer.js";
import { listAccounts } from "../customers/list-accounts.js";
import { refuseDeleted } from "../customers/refuse-deleted.js";
import { waitForTurn } from "../sync/wait-for-turn.js";
import { defineHandler } from "./define-handler.js";
import { toCheckoutResponse } from "./to-checkout-response.js";

/** An attempt loses only to another click of the same customer that came first. */
const tries = 8;

/** POST /payment-methods/checkout: one open checkout per customer in which something to pay with is saved. */
export const postPaymentMethodCheckout = defineHandler(
  "POST /payment-methods/checkout",
  async ({ parts, open, identity, input }) => {
    const everyone = await open();
    const customerId = identity.id;
    await refuseDeleted(everyone, customerId);
    const landing = toLanding(parts, input);
    const currency =
      input.currency ??
      (await findCurrency(everyone, customerId)) ??
      currenciesOf(everyone.catalog)[0] ??
      "usd";
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const context = await findSaver(everyone, customerId);
      const kind = chooseKind(context.provider, input.kind);
      const link = await linkOf(context, identity);
      try {
        const { providerCustomerId } = link;
        const opened = await openSaving(context, { customerId, providerCustomerId, kind, currency, landing });
        if (opened !== null) return toCheckoutResponse(kind, opened);
        await waitForTurn(attempt);
      } catch (error) {
        if (!isCustomerMissing(error)) throw error;
        await forgetCustomer(context, link);
      }
    }
    throw new BillingError("provider_unavailable", "Too many checkouts are being opened at once. Try again.");
  },
);

type Context = CheckoutContext & CustomersContext;

/**
 * With whom it is saved: whoever bills them, else whoever sells.
 *
 * @throws BillingError `not_supported`
 */
async function findSaver(everyone: Context, customerId: string): Promise<Context> {
  const [account] = await listAccounts(everyone, customerId);
  const context = account === undefined ? everyone : atProvider(everyone, account.link.provider);
  needSaver(context.provider);
  return context;
}

/** Somebody may save a card before they ever buy. */
async function linkOf(context: Context, identity: Identity) {
  const link = await ensureCustomer(context, identity);
  if (link !== null) return link;
  throw new BillingError("not_a_customer", "The payment provider makes its customers when they buy.");
}
