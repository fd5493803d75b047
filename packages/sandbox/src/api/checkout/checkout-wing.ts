import type { Route } from "../params/route.js";
import { checkoutSessionRoutes } from "./checkout-sessions.js";
import { elementsSessionRoutes } from "./elements-sessions.js";
import { paymentLinkRoutes } from "./payment-links.js";
import { paymentPageRoutes } from "./payment-pages.js";

export const checkoutWing: Route[] = [
  ...elementsSessionRoutes,
  ...checkoutSessionRoutes,
  ...paymentPageRoutes,
  ...paymentLinkRoutes,
];
