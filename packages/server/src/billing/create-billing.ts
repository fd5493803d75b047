import type { Catalog } from "@tollgate/core";
import { createAccessAnswer } from "../access/answer-access.js";
import { checkCounted } from "../access/counters.js";
import { requireAccess } from "../access/require-access.js";
import { comparePlans } from "../catalog/compare-plans.js";
import { plansImpact } from "../catalog/plans-impact.js";
import { pushPlans } from "../catalog/push-plans.js";
import { createCharges } from "../charges/billing-charges.js";
import { settleReturn } from "../checkouts/settle-return.js";
import { createCredit } from "../credit/billing-credit.js";
import { createCredits } from "../credits/billing-credits.js";
import { createBillingDisputes } from "../disputes/billing-disputes.js";
import { checkHealth } from "../health/check-health.js";
import { explain } from "../history/explain.js";
import { readTimeline } from "../history/timeline.js";
import { checkVisit } from "../http/check-origin.js";
import { toRequest } from "../http/to-request.js";
import { createEvents } from "../inbox/event-inbox.js";
import { createInvoices } from "../invoices/billing-invoices.js";
import { runJobs } from "../jobs/run-jobs.js";
import { limitRate } from "../limits/limit-rate.js";
import { createMembers } from "../members/billing-members.js";
import { readMetrics } from "../metrics/read-metrics.js";
import { createCallbacks } from "../outbox/billing-callbacks.js";
import { createPaymentMethods } from "../payment-methods/billing-payment-methods.js";
import { createBillingPriceMigrations } from "../price-migrations/billing-price-migrations.js";
import { createPrices } from "../price-migrations/billing-prices.js";
import { createPromotionCodes } from "../promotions/billing-promotion-codes.js";
import { reconcileProviders, toProviderScopes } from "../reconcile/reconcile-providers.js";
import { createBillingRefunds } from "../refunds/billing-refunds.js";
import { requireManager } from "../routes/define-handler.js";
import { settleOwnCheckout } from "../routes/get-checkout.js";
import { createHandler } from "../routes/router.js";
import { createSeats } from "../seats/billing-seats.js";
import { createUsage } from "../usage/billing-usage.js";
import type { Billing } from "./billing.js";
import type { BillingOptions } from "./billing-options.js";
import { createSubscriptions } from "./billing-subscriptions.js";
import { checkOptions } from "./check-options.js";
import { createCustomers } from "./create-customers.js";
import { wireRooms } from "./wire-rooms.js";

/**
 * Makes billing for your app. Checks the options at once and does no I/O until the first call, which
 * migrates the store.
 *
 * @throws BillingError `invalid_options`, `invalid_catalog`
 * @example
 * export const billing = createBilling({
 *   plans,
 *   provider: stripe({ secretKey, webhookSecret }),
 *   store: postgres(pool),
 *   appUrl: "https://app.example.com",
 *   identify: async (request) => ({ id: "org_1", email: "a@b.co", role: "manager" }),
 * });
 */
export function createBilling<C extends Catalog>(options: BillingOptions<C>): Billing<C> {
  const checked = checkOptions(options);
  const rooms = wireRooms(options, checked);
  const { open, providers, logger, checkCredentials } = rooms;
  const { appOrigin, basePath } = checked;
  const access: Billing<C>["access"] = createAccessAnswer({ ...rooms, appOrigin });
  const settleCheckout: Billing<C>["settleCheckout"] = async (given, checkoutId) => {
    checkCredentials();
    const request = toRequest(given, appOrigin);
    checkVisit(request, checked);
    const identity = await requireManager(request, rooms);
    await limitRate(rooms, identity, "checkout_reads");
    return settleOwnCheckout(await open(), rooms.access, identity, checkoutId);
  };
  return {
    plans: options.plans,
    appUrl: appOrigin,
    basePath,
    handler: createHandler(rooms),
    access,
    check: async (request, feature, count) =>
      checkCounted(checked.counters, await access(request), feature, count),
    require: async (request, feature, count) => {
      const granted = await access(request);
      requireAccess(feature, await checkCounted(checked.counters, granted, feature, count));
      return granted;
    },
    settleCheckout,
    settleReturn: async (given) => {
      const request = toRequest(given, appOrigin);
      return settleReturn(request.url, (checkoutId) => settleCheckout(request, checkoutId), logger);
    },
    pushPlans: async (pushOptions) => {
      checkCredentials();
      const changes = await pushPlans(await open(), pushOptions);
      // The log says what the endpoint for our webhook lacks.
      await rooms.endpoint.look();
      await rooms.mapped.look();
      return changes;
    },
    comparePlans: async (compareOptions) => {
      checkCredentials();
      return comparePlans(await open(), compareOptions);
    },
    impact: async (next) => plansImpact({ ...rooms, ...(await open()) }, next),
    events: createEvents(rooms),
    customers: createCustomers(rooms),
    subscriptions: createSubscriptions<C>(rooms),
    promotionCodes: createPromotionCodes<C>(rooms),
    refunds: createBillingRefunds(rooms),
    invoices: createInvoices(rooms),
    paymentMethods: createPaymentMethods(rooms),
    disputes: createBillingDisputes(rooms),
    credit: createCredit(rooms),
    charges: createCharges(rooms),
    prices: createPrices(rooms),
    priceMigrations: createBillingPriceMigrations<C>({ ...checked, ...rooms }),
    seats: createSeats(options.plans, rooms),
    usage: createUsage<C>(open),
    members: createMembers<C>(open),
    credits: createCredits<C>(open),
    // Only the one that sells opens a checkout in a page.
    contentSecurityPolicy: (kind) => providers.selling.contentSecurity(kind),
    reconcile: async (reconcileOptions = {}) => {
      checkCredentials();
      const scopes = toProviderScopes({ ...checked, ...rooms }, reconcileOptions);
      return reconcileProviders(await open(), scopes, reconcileOptions);
    },
    callbacks: createCallbacks(open),
    timeline: async (customerId, page) =>
      readTimeline({ ...(await open()), knownPlans: rooms.knownPlans }, customerId, page),
    explain: async (customerId, feature, { at } = {}) =>
      explain({ ...rooms, ...(await open()), knownPlans: rooms.knownPlans }, customerId, feature, at),
    metrics: async (wish) => readMetrics(await open(), wish),
    health: (healthOptions) => checkHealth(rooms, healthOptions),
    runJobs: async (runOptions) => {
      checkCredentials();
      return runJobs(rooms, runOptions);
    },
    close: rooms.close,
  };
}
