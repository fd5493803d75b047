import { type BillingProvider, defaultApp } from "@tollgate/core";
import Stripe from "stripe";
import { cancelSubscription } from "./cancel-subscription.js";
import { findCatalogOwner } from "./catalog-owner.js";
import { checkSdk } from "./check-sdk.js";
import { expireCheckout, readCheckout } from "./checkout.js";
import { contentSecurity } from "./content-security.js";
import { createCheckout } from "./create-checkout.js";
import {
  claimCustomer,
  createCustomer,
  findCustomersByEmail,
  readCustomer,
  updateCustomer,
} from "./customer.js";
import { findWebhookEndpoints } from "./find-webhook-endpoints.js";
import { inspectSubscription } from "./inspect-subscription.js";
import { eventDays, listEvents } from "./list-events.js";
import { listSubscriptions } from "./list-subscriptions.js";
import { createNames } from "./names.js";
import { parseEvent } from "./parse-event.js";
import { createPortal } from "./portal.js";
import { createPriceBook } from "./prices.js";
import { pushCatalog } from "./push-catalog.js";
import { createCaller } from "./stripe-client.js";
import { unfitKeys } from "./stripe-keys.js";
import { missingKeys, readStripeOptions, type StripeOptions, type StripeSettings } from "./stripe-options.js";
import { stripeVariables } from "./stripe-variables.js";
import { readSubscription } from "./subscription.js";
import { toBillingEvent } from "./to-billing-event.js";
import { createVerifier } from "./verify.js";

export type { StripeOptions } from "./stripe-options.js";

/**
 * Stripe as the payment provider, through the official SDK at the API version that it pins. Keys that are not
 * given come from STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET, and where requests go from STRIPE_API_BASE. Nothing
 * is sent before the first call.
 *
 * @throws BillingError `invalid_options` when a key is of another kind, has quotes or blanks in it, `apiBase` is
 * not an address, the sandbox's own key comes without one, a key that is not for test mode would be sent anywhere but
 * to Stripe, or the `stripe` package is too old.
 * @example
 * const provider = stripe();
 * @example
 * const provider = stripe({ secretKey, webhookSecret, requestsPerSecond: 20 });
 */
export function stripe(options: StripeOptions = {}): BillingProvider {
  checkSdk(Stripe.PACKAGE_VERSION);
  return createProvider(readStripeOptions(options), defaultApp);
}

function createProvider(settings: StripeSettings, app: string): BillingProvider {
  const { secretKey, webhookSecrets, apiBase } = settings;
  const call = createCaller(settings);
  const names = createNames(app);
  const prices = createPriceBook(call, names);
  const world = { app, mode: settings.mode, account: settings.account };
  const verifier = createVerifier(webhookSecrets);
  return {
    id: "stripe",
    mode: settings.mode,
    missing: missingKeys(settings),
    variables: stripeVariables,
    unfit: unfitKeys(secretKey, webhookSecrets),
    forApp: (name) => createProvider(settings, name),
    requestsPerSecond: settings.requestsPerSecond,
    eventDays,
    createCustomer: (input) => createCustomer(call, names, input),
    updateCustomer: (input) => updateCustomer(call, input),
    readCustomer: (providerCustomerId) => readCustomer(call, providerCustomerId),
    findCustomersByEmail: (email) => findCustomersByEmail(call, email),
    claimCustomer: (input) => claimCustomer(call, names, input),
    createCheckout: (input, catalog) => createCheckout(call, names, prices, input, catalog),
    readCheckout: (checkoutId) => readCheckout(call, checkoutId),
    expireCheckout: (checkoutId) => expireCheckout(call, checkoutId),
    createPortal: (input, catalog) => createPortal(call, names, input, catalog),
    readSubscription: (subscriptionId) => readSubscription(call, app, subscriptionId),
    listSubscriptions: (input) => listSubscriptions(call, app, input),
    inspectSubscription: (subscriptionId) => inspectSubscription(call, app, subscriptionId),
    listEvents: (input) => listEvents(call, world, input),
    cancelSubscription: (input) => cancelSubscription(call, input),
    verifyHeaders: ({ headers, now }) => verifier.verifyHeader(headers.get("stripe-signature"), now),
    async receiveEvent({ body, headers, now }) {
      await verifier.verifyBody(body, headers.get("stripe-signature"), now);
      return toBillingEvent(parseEvent(body), world);
    },
    async pushCatalog(catalog, push) {
      prices.clear();
      return pushCatalog(call, names, catalog, push);
    },
    findCatalogOwner: () => findCatalogOwner(call, names),
    findWebhookEndpoints: (url) => findWebhookEndpoints(call, url),
    contentSecurity: (kind) => contentSecurity(kind, apiBase),
  };
}
