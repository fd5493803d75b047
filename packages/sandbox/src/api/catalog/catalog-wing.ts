import type { Route } from "../params/route.js";
import { entitlementRoutes } from "./entitlements.js";
import { planRoutes } from "./plans.js";
import { priceRoutes } from "./prices.js";
import { productFeatureRoutes } from "./product-features.js";
import { productRoutes } from "./products.js";
import { shippingRateRoutes } from "./shipping-rates.js";

export const catalogWing: Route[] = [
  ...productFeatureRoutes,
  ...productRoutes,
  ...priceRoutes,
  ...planRoutes,
  ...entitlementRoutes,
  ...shippingRateRoutes,
];
