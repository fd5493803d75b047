import { type BillingProvider, type Catalog, defaultApp } from "@tollgate/core";
import { createAccessReader } from "../access/access-reader.js";
import { createEdgeTokenSigner } from "../access/edge-token.js";
import { createKnownPlans } from "../catalog/known-plans.js";
import { createIdentify } from "../context/identity.js";
import { createProviders, type Providers } from "../context/providers.js";
import type { UsageTarget } from "../context/usage-target.js";
import { createCreditsDesk } from "../credits/credits-desk.js";
import { readSummaries } from "../credits/read-balance.js";
import type { DunningRules } from "../dunning/dunning-options.js";
import type { HealthParts } from "../health/check-health.js";
import { createEndpointWatch, type EndpointWatch, joinEndpointWatches } from "../health/endpoint-watch.js";
import { createLoopWatch } from "../health/loop-watch.js";
import { createMappingWatch, type MappingWatch } from "../health/mapping-watch.js";
import { createOriginWatch } from "../health/origin-watch.js";
import { createWebhookWatch, createWebhookWatches } from "../health/webhook-watch.js";
import type { JobContext } from "../jobs/job-handler.js";
import type { JobParts } from "../jobs/run-job.js";
import { workOf } from "../jobs/run-jobs.js";
import { consoleLogger, createSafeLogger } from "../log/logger.js";
import type { RouteContext } from "../routes/define-handler.js";
import type { RouterParts } from "../routes/router.js";
import type { SeatsContext } from "../seats/seats-context.js";
import { noTelemetry } from "../telemetry/telemetry.js";
import { traceProvider } from "../telemetry/trace-provider.js";
import type { UsageContext } from "../usage/read-usage-facts.js";
import { startWork } from "../work/worker.js";
import type { BillingOptions } from "./billing-options.js";
import { createCredentialCheck } from "./check-credentials.js";
import type { CheckedOptions } from "./check-options.js";
import { createLazyStore } from "./lazy-store.js";

interface Wiring {
  readonly open: () => Promise<OpenRooms>;
  readonly providers: Providers;
  readonly endpoint: EndpointWatch;
  readonly mapped: MappingWatch;
  readonly reconcileEveryHours: number;
  readonly dunning: DunningRules;
  readonly usageTarget: UsageTarget;
  readonly catalog: Catalog;
  readonly lateMs: number;
  /** Ends the background work, and closes the store. */
  readonly close: () => Promise<void>;
}

/** What each room is wired with. */
type Rooms = Wiring & RouterParts & JobParts & HealthParts;

/** What the rooms work with once the store is open. */
interface OpenRooms extends RouteContext, JobContext, UsageContext, SeatsContext {}

/**
 * Makes what lives as long as the billing does: the watches, the caches, and the store that opens when it is needed.
 */
export function wireRooms<C extends Catalog>(options: BillingOptions<C>, checked: CheckedOptions): Rooms {
  const { plans: catalog, on = {}, clock = () => new Date(), telemetry = noTelemetry } = options;
  const { app, environment, refusal, appOrigin } = checked;
  const [selling, ...others] = checked.providerList;
  const prepare = (given: BillingProvider) => {
    // As given it is already the default app's: a wrapped one stays wrapped.
    const named = app === defaultApp ? given : given.forApp(app);
    const own = named.forCatalog?.(catalog) ?? named;
    return options.telemetry ? traceProvider(own, telemetry) : own;
  };
  const providers = createProviders(prepare(selling), others.map(prepare));
  const provider = providers.selling;
  const logger = createSafeLogger(options.logger ?? consoleLogger);
  const loops = createLoopWatch(logger);
  const stopObserving = options.store.observeLoops(({ loop, error }) => loops.observe(loop, error));
  const lazyStore = createLazyStore(
    options.store,
    app,
    (opened) => knownPlans.remember(opened),
    checked.jobs === "background" ? (opened) => startWork(workOf(rooms, opened)) : null,
  );
  const openStore = async () => (await lazyStore.open()).store;
  const knownPlans = createKnownPlans({ ...checked, catalog, clock, openStore });
  const every = { ...checked, catalog, knownPlans, provider, providers, clock, logger, telemetry };
  const { production } = environment;
  const webhooks = providers.all.map((one) => {
    const parts = { provider: one, url: `${appOrigin}${checked.basePath}/webhook/${one.id}`, logger };
    return {
      id: one.id,
      watch: createWebhookWatch(parts),
      endpoint: createEndpointWatch({ ...parts, production }),
    };
  });
  const endpoint = joinEndpointWatches(webhooks.map((one) => one.endpoint));
  const mapped = createMappingWatch({ providers: providers.all, catalog, logger });
  const { edgeToken: option, identifyCustomer = null } = options;
  const opening = {
    ...every,
    endpoint,
    identifyCustomer,
    bindDatabase: lazyStore.bind,
    creditsDesk: createCreditsDesk(),
    grantsCredits: Object.values(catalog.plans).some(({ credits }) => credits !== undefined),
    topsUp: Object.values(catalog.products).some(({ credits }) => credits !== undefined),
  };
  const rooms: Rooms = {
    ...every,
    ...{ on, loops, endpoint, mapped },
    webhooks: createWebhookWatches(Object.fromEntries(webhooks.map(({ id, watch }) => [id, watch]))),
    origins: createOriginWatch({ appOrigin, logger }),
    checkCredentials: createCredentialCheck({
      providers: providers.all,
      ...{ edgeToken: option, environment, refusal, logger },
    }),
    identify: createIdentify(options.identify),
    access: createAccessReader({
      ...every,
      ownClock: options.clock !== undefined,
      openStore,
      readCredits: async (customerId) => readSummaries(await rooms.open(), customerId),
    }),
    signEdgeToken: option ? createEdgeTokenSigner({ option, appOrigin, clock, logger }) : null,
    open: async () => ({ ...opening, ...(await lazyStore.open()) }),
    async close() {
      await lazyStore.close();
      stopObserving();
    },
  };
  return rooms;
}
