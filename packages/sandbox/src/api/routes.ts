import { accountRoutes } from "./account.js";
import { customerRoutes } from "./customers.js";
import { eventRoutes } from "./events.js";
import { priceRoutes } from "./prices.js";
import { productRoutes } from "./products.js";
import type { Route } from "./route.js";
import { webhookEndpointRoutes } from "./webhook-endpoints.js";

/** Every endpoint, in the order in which paths are matched. */
export const routes: Route[] = [
  ...accountRoutes,
  ...productRoutes,
  ...priceRoutes,
  ...customerRoutes,
  ...eventRoutes,
  ...webhookEndpointRoutes,
];
