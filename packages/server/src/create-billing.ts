import { type Access, type Catalog, type CatalogChange, createAccess, type FeatureId } from "@tollgate/core";
import type { CheckoutStatusResponse } from "@tollgate/core/contract";
import { readAccess } from "./access/read-access.js";
import { requireAccess } from "./access/require-access.js";
import type { BillingContext } from "./billing-context.js";
import type { BillingOptions } from "./billing-options.js";
import { createCredentialCheck } from "./check-credentials.js";
import { checkOptions } from "./check-options.js";
import { showCheckout } from "./handlers/get-checkout.js";
import { requireManager } from "./http/define-handler.js";
import { checkIdentity } from "./identity.js";
import { consoleLogger } from "./logger.js";
import { createLazyStore } from "./open-store.js";
import { createHandler } from "./router.js";
import { deliverCallback } from "./webhook/deliver-callback.js";

/** Billing for one app: made once by `createBilling`, used everywhere on the server. */
export interface Billing<C extends Catalog = Catalog> {
  readonly plans: C;
  /** The origin of the app, as given. */
  readonly appUrl: string;
  /** The path under which `handler` expects its routes. */
  readonly basePath: string;
  /**
   * Answers every route under `basePath`. Mount it with an adapter (`toNextHandlers`, `toExpressHandler`),
   * or call it from any server that speaks the Fetch API. It never throws.
   */
  readonly handler: (request: Request) => Promise<Response>;
  /**
   * What the person behind a request may use now; closed for one who is signed out.
   *
   * @throws BillingError `store_unavailable`; in production `invalid_options` when a key is missing
   * @example
   * const access = await billing.access(request);
   * access.check("export"); // { allowed: false, reason: "not_in_plan", upgradeTo: "pro", … }
   */
  readonly access: (request: Request) => Promise<Access<FeatureId<C>>>;
  /**
   * Lets pass, or throws. For a `limit` feature pass how many exist, because the app counts.
   *
   * @throws BillingError `unauthenticated` (401), `upgrade_required`, `limit_reached`, `payment_required`
   * (402), `forbidden` (403: no plan on offer has it); `details` holds `feature`, `reason` and `upgradeTo`.
   * @example
   * await billing.require(request, "export");
   * await billing.require(request, "projects", { used: await countProjects() });
   */
  readonly require: (
    request: Request,
    feature: FeatureId<C>,
    count?: { readonly used: number },
  ) => Promise<Access<FeatureId<C>>>;
  /**
   * What GET /checkout/:id does, for return pages that the server renders: reads the checkout from the
   * provider and applies it at once.
   *
   * @throws BillingError `unauthenticated`, `forbidden`, `checkout_not_found` (also for somebody else's)
   */
  readonly settleCheckout: (request: Request, checkoutId: string) => Promise<CheckoutStatusResponse>;
  /**
   * Creates or updates products and prices at the provider so that it has what the catalog says; gives
   * what it changed, and what it left alone.
   *
   * @throws BillingError `provider_unavailable`, `provider_rejected`
   */
  readonly pushPlans: () => Promise<readonly CatalogChange[]>;
  /** Stops delivering callbacks and closes the store. */
  readonly close: () => Promise<void>;
}

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
  const { production, ...checked } = checkOptions(options);
  const { plans, provider, on = {}, clock = () => new Date(), logger = consoleLogger } = options;
  const hasCallbacks = Object.values(on).some((handler) => handler !== undefined);
  const store = createLazyStore(
    options.store,
    hasCallbacks ? (callback) => deliverCallback(on, logger, callback) : null,
  );
  const identify: BillingContext["identify"] = async (request) =>
    checkIdentity(await options.identify(request));
  const checkCredentials = createCredentialCheck(provider, production, logger);
  const context: BillingContext = {
    ...checked,
    checkCredentials,
    catalog: plans,
    provider,
    on,
    clock,
    logger,
    identify,
    openStore: store.open,
  };
  const access = async (request: Request) => {
    checkCredentials();
    return createAccess<C>(await readAccess(context, await identify(request)));
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
    settleCheckout: async (request, checkoutId) => {
      checkCredentials();
      return showCheckout(context, await requireManager(request, context), checkoutId);
    },
    pushPlans: async () => {
      checkCredentials();
      return provider.pushCatalog(plans);
    },
    close: store.close,
  };
}
