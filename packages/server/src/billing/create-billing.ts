import { type Catalog, defaultApp } from "@tollgate/core";
import { createAccessReader } from "../access/access-reader.js";
import { createAccessAnswer } from "../access/answer-access.js";
import { createEdgeTokenSigner } from "../access/edge-token.js";
import { requireAccess } from "../access/require-access.js";
import { createKnownPlans } from "../catalog/known-plans.js";
import { pushPlans } from "../catalog/push-plans.js";
import { settleReturn } from "../checkouts/settle-return.js";
import type { BillingContext } from "../context/billing-context.js";
import { createIdentify } from "../context/identity.js";
import { createCustomers } from "../customers/billing-customers.js";
import { checkHealth } from "../health/check-health.js";
import { createEndpointWatch } from "../health/endpoint-watch.js";
import { createLoopWatch } from "../health/loop-watch.js";
import { createOriginWatch } from "../health/origin-watch.js";
import { createWebhookWatch } from "../health/webhook-watch.js";
import { checkVisit } from "../http/check-origin.js";
import { requireManager } from "../http/define-handler.js";
import { toRequest } from "../http/to-request.js";
import { createEvents } from "../inbox/event-inbox.js";
import { scheduleOf } from "../jobs/job-handlers.js";
import { createJobRunner } from "../jobs/run-job.js";
import { runJobs } from "../jobs/run-jobs.js";
import { limitRate } from "../limits/limit-rate.js";
import { consoleLogger, createSafeLogger } from "../log/logger.js";
import { createCallbacks } from "../outbox/billing-callbacks.js";
import { reconcile } from "../reconcile/reconcile.js";
import { settleOwnCheckout } from "../routes/get-checkout.js";
import { createHandler } from "../routes/router.js";
import { noTelemetry } from "../telemetry/telemetry.js";
import { traceProvider } from "../telemetry/trace-provider.js";
import { createUsage } from "../usage/billing-usage.js";
import type { Billing } from "./billing.js";
import type { BillingOptions } from "./billing-options.js";
import { createCredentialCheck } from "./check-credentials.js";
import { checkOptions } from "./check-options.js";
import { createLazyStore } from "./open-store.js";

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
  const { environment, refusal, ...checked } = checkOptions(options);
  const { plans, on = {}, clock = () => new Date(), telemetry = noTelemetry } = options;
  const { app } = checked;
  // What the provider is by itself is the default app's: a wrapped one stays wrapped.
  const own = app === defaultApp ? options.provider : options.provider.forApp(app);
  const provider = options.telemetry ? traceProvider(own, telemetry) : own;
  const logger = createSafeLogger(options.logger ?? consoleLogger);
  const webhookUrl = `${checked.appOrigin}${checked.basePath}/webhook/${provider.id}`;
  const loops = createLoopWatch(logger);
  const stopObserving = options.store.observeLoops(({ loop, error }) => loops.observe(loop, error));
  const store = createLazyStore(
    options.store,
    app,
    (opened) => knownPlans.remember(opened),
    checked.jobs === "background"
      ? (opened) => opened.startJobs(createJobRunner(context), scheduleOf(context))
      : null,
  );
  const knownPlans = createKnownPlans({ catalog: plans, clock, openStore: store.open });
  const checkCredentials = createCredentialCheck({
    provider,
    edgeToken: options.edgeToken,
    environment,
    refusal,
    logger,
  });
  const context: BillingContext = {
    ...checked,
    checkCredentials,
    catalog: plans,
    knownPlans,
    provider,
    on,
    clock,
    logger,
    loops,
    telemetry,
    identify: createIdentify(options.identify),
    access: createAccessReader({
      ...checked,
      catalog: plans,
      knownPlans,
      provider,
      clock,
      ownClock: options.clock !== undefined,
      openStore: store.open,
    }),
    signEdgeToken: options.edgeToken
      ? createEdgeTokenSigner({ ...checked, option: options.edgeToken, clock, logger })
      : null,
    endpoint: createEndpointWatch({
      url: webhookUrl,
      ...{ provider, production: environment.production, logger },
    }),
    webhooks: createWebhookWatch({ provider, url: webhookUrl, logger }),
    origins: createOriginWatch({ appOrigin: checked.appOrigin, logger }),
    identifyCustomer: options.identifyCustomer ?? null,
    openStore: store.open,
    owner: store.owner,
    bindDatabase: store.bind,
  };
  const access: Billing<C>["access"] = createAccessAnswer(context);
  const settleCheckout: Billing<C>["settleCheckout"] = async (given, checkoutId) => {
    checkCredentials();
    const request = toRequest(given, checked.appOrigin);
    checkVisit(request, checked);
    const identity = await requireManager(request, context);
    await limitRate(context, identity, "checkout_reads");
    return settleOwnCheckout(context, identity, checkoutId);
  };
  return {
    plans,
    appUrl: checked.appOrigin,
    basePath: checked.basePath,
    handler: createHandler(context),
    access,
    require: async (request, feature, count) => {
      const granted = await access(request);
      requireAccess(granted, feature, count);
      return granted;
    },
    settleCheckout,
    settleReturn: async (given) => {
      const request = toRequest(given, checked.appOrigin);
      return settleReturn(request.url, (checkoutId) => settleCheckout(request, checkoutId), logger);
    },
    pushPlans: async (pushOptions) => {
      checkCredentials();
      return pushPlans(context, pushOptions);
    },
    events: createEvents(context),
    customers: createCustomers(context),
    usage: createUsage<C>(context),
    contentSecurityPolicy: (kind) => provider.contentSecurity(kind),
    reconcile: async (reconcileOptions) => {
      checkCredentials();
      return reconcile(context, reconcileOptions);
    },
    callbacks: createCallbacks(context),
    health: (healthOptions) => checkHealth(context, healthOptions),
    runJobs: async (runOptions) => {
      checkCredentials();
      return runJobs(context, runOptions);
    },
    close: async () => {
      await store.close();
      stopObserving();
    },
  };
}
