import { accountWing } from "../account/account-wing.js";
import { catalogWing } from "../catalog/catalog-wing.js";
import { checkoutWing } from "../checkout/checkout-wing.js";
import { creditsWing } from "../credits/credits-wing.js";
import { customersWing } from "../customers/customers-wing.js";
import { discountsWing } from "../discounts/discounts-wing.js";
import { endpointsWing } from "../endpoints/endpoints-wing.js";
import { filesWing } from "../files/files-wing.js";
import { invoicesWing } from "../invoices/invoices-wing.js";
import { methodsWing } from "../methods/methods-wing.js";
import type { Route } from "../params/route.js";
import { paymentsWing } from "../payments/payments-wing.js";
import { billingPortalRoutes } from "../portal/billing-portal.js";
import { quoteRoutes } from "../quotes/quotes.js";
import { sandboxWing } from "../sandbox/sandbox-wing.js";
import { searchRoutes } from "../search/searches.js";
import { subscriptionsWing } from "../subscriptions/subscriptions-wing.js";
import { taxWing } from "../tax/tax-wing.js";
import { usageWing } from "../usage/usage-wing.js";

/**
 * Every endpoint, wing by wing, in the order in which paths are matched: `/search` comes before the `/:id`s,
 * and whatever else depends on the order is within one wing.
 */
export const routes: Route[] = [
  ...searchRoutes,
  ...accountWing,
  ...catalogWing,
  ...taxWing,
  ...customersWing,
  ...discountsWing,
  ...methodsWing,
  ...filesWing,
  ...paymentsWing,
  ...endpointsWing,
  ...usageWing,
  ...creditsWing,
  ...invoicesWing,
  ...subscriptionsWing,
  ...quoteRoutes,
  ...checkoutWing,
  ...billingPortalRoutes,
  ...sandboxWing,
];
