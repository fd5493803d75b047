import { type BillingProvider, type Catalog, defaultApp } from "@tollgate/core";
import Stripe from "stripe";
import { readCatalogOwner } from "./catalog/catalog-owner.js";
import { compareCatalog, compareMappings } from "./catalog/compare-catalog.js";
import { mostProducts } from "./catalog/portal-configuration.js";
import { createPriceBook } from "./catalog/prices.js";
import { pushCatalog } from "./catalog/push-catalog.js";
import { createChanges } from "./changes/changes.js";
import { createPriceMigrations } from "./changes/create-price-migrations.js";
import { applyDiscount, readDiscount } from "./changes/discount.js";
import { createCharge, withdrawCharge } from "./charges/create-charge.js";
import { expireCheckout, readCheckout } from "./checkouts/checkout.js";
import { contentSecurity } from "./checkouts/content-security.js";
import { createCheckout } from "./checkouts/create-checkout.js";
import { createSaving } from "./checkouts/create-saving.js";
import { findPromotionCodes, hasPaid } from "./checkouts/find-promotion-codes.js";
import { createTermsPage } from "./checkouts/terms-page.js";
import { checkSdk } from "./client/check-sdk.js";
import { createCaller } from "./client/stripe-client.js";
import { unfitKeys } from "./client/stripe-keys.js";
import {
  missingKeys,
  readStripeOptions,
  type StripeOptions,
  type StripeSettings,
} from "./client/stripe-options.js";
import { addCredit, listCredit, readCredit } from "./credit/credit.js";
import {
  claimCustomer,
  createCustomer,
  eraseCustomer,
  findCustomersByEmail,
  readCustomer,
  updateCustomer,
} from "./customers/customer.js";
import { createDisputes } from "./disputes/disputes.js";
import { endSubscription, keepSubscription } from "./endings/end-subscription.js";
import { pauseSubscription, resumeSubscription } from "./endings/pause-subscription.js";
import { accountIn } from "./events/describe-other-world.js";
import { findWebhookEndpoints } from "./events/find-webhook-endpoints.js";
import { eventDays, listEvents } from "./events/list-events.js";
import { parseEvent } from "./events/parse-event.js";
import { toBillingEvent } from "./events/to-billing-event.js";
import { toldEvents } from "./events/told-events.js";
import { createVerifier } from "./events/verify.js";
import { collectInvoice } from "./invoices/collect-invoice.js";
import { fetchInvoices, readInvoice } from "./invoices/fetch-invoices.js";
import { foreseeInvoice } from "./invoices/foresee-invoice.js";
import { createNames } from "./language/names.js";
import { mappingFor } from "./language/price-mapping.js";
import { beginSetup, detachMethod, makeDefault } from "./payment-methods/attach-and-detach.js";
import { fetchPaymentMethods } from "./payment-methods/list-payment-methods.js";
import { replaceByBought } from "./payment-methods/replace-by-bought.js";
import { createPortal } from "./portal/portal.js";
import { createRefunds } from "./refunds/refunds.js";
import { cancelSubscription } from "./subscriptions/cancel-subscription.js";
import { inspectSubscription } from "./subscriptions/inspect-subscription.js";
import { listSubscriptions } from "./subscriptions/list-subscriptions.js";
import { readPaymentMethod } from "./subscriptions/read-payment-method.js";
import { readSubscription } from "./subscriptions/subscription.js";
import { findMisconfigurations } from "./terms/find-misconfigurations.js";
import { kindsUnder, nameTerms } from "./terms/session-terms.js";
import { withTaxDefaults } from "./terms/with-tax-defaults.js";
import { reportToMeter } from "./usage/report-to-meter.js";

export type { StripeOptions } from "./client/stripe-options.js";
export type { StripeTerms } from "./client/stripe-terms.js";
export type { StripeConnect, StripeSale, StripeSeller } from "./connect/stripe-connect.js";

/**
 * Stripe as the payment provider, through the official SDK at the API version that it pins. Keys that are not given
 * come from STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET, and the address for requests from STRIPE_API_BASE; those of a
 * second account, with an `id` of its own, from variables of its own. Nothing is sent before the first call.
 *
 * @throws BillingError `invalid_options` when a key is of another kind, has quotes or spaces in it, `apiBase` is not an
 * address, the sandbox's own key comes without one, a key that is not for test mode would be sent anywhere but to
 * Stripe, or the `stripe` package is too old.
 * @example
 * const provider = stripe();
 * @example
 * const provider = stripe({ secretKey, webhookSecret, requestsPerSecond: 20 });
 * @example
 * const provider = stripe({ prices: { pro: { month: "price_1", year: ["price_usd", "price_eur"] } } }); // not pushed
 * @example
 * const provider = stripe({ tax: "automatic", billingAddress: "required", consent: { terms: "required" } });
 * @example
 * const provider = [stripe({ id: "stripe-eu" }), stripe()]; // sells in the new account, hears and manages both
 * @example
 * const provider = stripe({
 *   connect: { feePercent: 10, sellerOf: ({ productId }) => (productId === "bread" ? { account: "acct_1Bakery" } : null) },
 * }); // a marketplace: the bakery gets 90 % of what its bread costs
 */
export function stripe(options: StripeOptions = {}): BillingProvider {
  checkSdk(Stripe.PACKAGE_VERSION);
  return createProvider(readStripeOptions(options), defaultApp);
}

function createProvider(settings: StripeSettings, app: string): BillingProvider {
  const { id, variables, secretKey, webhookSecrets, apiBase, mode } = settings;
  const call = createCaller(settings);
  const { connect, mapping, terms } = settings;
  const names = createNames(app, mapping);
  const page = createTermsPage(terms);
  const isPartlyMapped = mapping.planOf.size > 0;
  const prices = createPriceBook(call, names, terms);
  const view = { provider: id, app, mapping };
  const world = { ...view, mode, account: settings.account, connected: connect.account !== null };
  const verifier = createVerifier(webhookSecrets, variables);
  const key = `${apiBase} ${secretKey} ${connect.account}`;
  const provider: BillingProvider = {
    id,
    mode,
    missing: missingKeys(settings),
    variables,
    unfit: unfitKeys(secretKey, webhookSecrets),
    sharesAccountWith: (other) => secretKey !== "" && keyOf.get(other) === key,
    requestsPerSecond: settings.requestsPerSecond,
    forApp: (name) => createProvider(settings, name),
    ...(isPartlyMapped && {
      forCatalog: (catalog: Catalog) =>
        createProvider({ ...settings, mapping: mappingFor(mapping, catalog) }, app),
    }),
    catalog: {
      kind: "pushed",
      async push(catalog, push) {
        prices.clear();
        return pushCatalog(call, names, withTaxDefaults(catalog, terms), push);
      },
      compare: async (catalog, push) => compareCatalog(call, names, withTaxDefaults(catalog, terms), push),
      compareMapped: async (catalog) => compareMappings(call, names, withTaxDefaults(catalog, terms)),
      findOwner: () => readCatalogOwner(call, names),
    },
    customers: {
      kind: "made_first",
      make: (input) => createCustomer(call, names, input),
      update: (input) => updateCustomer(call, input),
      read: (providerCustomerId) => readCustomer(call, providerCustomerId),
      erase: (providerCustomerId) => eraseCustomer(call, providerCustomerId),
      findByEmail: (email) => findCustomersByEmail(call, email),
      claim: (input) => claimCustomer(call, names, input),
    },
    checkout: {
      kinds: kindsUnder(terms),
      terms: nameTerms(terms),
      trials: "per_checkout",
      trialsWithoutCard: true,
      models: ["flat", "per_seat", "base", "graduated", "volume", "package", "usage", "intro", "paid_trial"],
      products: true,
      addOns: true,
      expires: true,
      idempotent: true,
      promotions: {
        onPage: true,
        find: (code, offer) => findPromotionCodes(call, names, code, offer),
        hasPaid: (providerCustomerId) => hasPaid(call, providerCustomerId),
      },
      open: (input, catalog) => createCheckout({ call, names, prices, terms, page, connect }, input, catalog),
      read: (checkoutId) => readCheckout(call, checkoutId),
      close: (checkoutId) => expireCheckout(call, checkoutId),
    },
    manage: {
      portal: {
        cancels: true,
        switches: { plansAtMost: mostProducts },
        updatesPaymentMethod: true,
        open: (input, catalog) => createPortal(call, names, input, catalog),
      },
      changes: createChanges({ call, names, prices }),
      priceMigrations: createPriceMigrations({ call, names, prices }),
      cancels: ["now"],
      refunds: "done",
      cancel: (input) => cancelSubscription(call, input),
      endings: {
        ends: ["now", "period_end", "date"],
        settlements: ["nothing", "credit", "refund"],
        keeps: true,
        pauses: [
          { kind: "full", until: false },
          { kind: "collection", until: true },
        ],
        end: (input) => endSubscription(call, names, input),
        keep: (input) => keepSubscription(call, names, input),
        pause: (input) => pauseSubscription(call, names, input),
        resume: (input) => resumeSubscription(call, input),
        discounts: {
          read: (coupon) => readDiscount(call, coupon),
          apply: (input) => applyDiscount(call, names, input),
        },
      },
    },
    subscriptions: {
      read: ({ id }) => readSubscription(call, view, id),
      inspect: ({ id }) => inspectSubscription(call, view, id),
      readPaymentMethod: ({ id }) => readPaymentMethod(call, id),
      listOf: (input) => listSubscriptions(call, view, input),
      listAll: ({ after }) => listSubscriptions(call, view, { providerCustomerId: null, after }),
    },
    refunds: createRefunds(call, id, connect),
    paymentMethods: {
      list: (input) => fetchPaymentMethods(call, input),
      add: (input) => beginSetup(call, input),
      openCheckout: (input) => createSaving({ call, names, terms, page }, input),
      setDefault: (input) => makeDefault({ call, names }, input),
      replaceDefault: (input) => replaceByBought(call, input),
      remove: (input) => detachMethod({ call, names }, input),
    },
    credit: {
      read: (input) => readCredit(call, input),
      list: (input) => listCredit(call, input),
      add: (input) => addCredit(call, input),
    },
    charges: {
      create: (input) => createCharge(call, input, terms),
      withdraw: (input) => withdrawCharge(call, input),
    },
    usage: { report: (input) => reportToMeter(call, names, input) },
    invoices: {
      list: (input) => fetchInvoices(call, input),
      read: (input) => readInvoice(call, input),
      pay: (input) => collectInvoice(call, input),
      upcoming: (subscription) => foreseeInvoice(call, subscription),
    },
    disputes: createDisputes(call, id),
    events: {
      tells: toldEvents,
      clock: "second",
      signsTime: true,
      verifyHeaders: ({ headers, now }) => verifier.verifyHeader(headers.get("stripe-signature"), now),
      async receive({ body, headers, now }) {
        await verifier.verifyBody(body, headers.get("stripe-signature"), now);
        const event = toBillingEvent(parseEvent(body), world);
        return event === null ? [] : [event];
      },
      history: { days: eventDays, list: (input) => listEvents(call, { ...world, connected: false }, input) },
      // Of a connected account, the platform's Connect endpoint tells; its own has none.
      ...(connect.account === null && { findEndpoints: (url: string) => findWebhookEndpoints(call, url) }),
      ...(connect.account !== null && { isAbout: (body: Uint8Array) => accountIn(body) === connect.account }),
    },
    ...(terms.automaticTax && { findMisconfigurations: () => findMisconfigurations(call, terms) }),
    ...(terms.terms && { knownMisconfigurations: page.problems }),
    contentSecurity: (kind) => contentSecurity(kind, apiBase),
  };
  keyOf.set(provider, key);
  return provider;
}

/** Which key each opens its account with, and where; nobody else gets to see it. */
const keyOf = new WeakMap<BillingProvider, string>();
