import type { Route } from "../params/route.js";
import { cardSourceRoutes } from "./card-sources.js";
import { confirmationTokenRoutes } from "./confirmation-tokens.js";
import { paymentMethodConfigurationRoutes } from "./payment-method-configurations.js";
import { paymentMethodRoutes } from "./payment-methods.js";
import { tokenRoutes } from "./tokens.js";

export const methodsWing: Route[] = [
  ...confirmationTokenRoutes,
  ...paymentMethodConfigurationRoutes,
  ...paymentMethodRoutes,
  ...cardSourceRoutes,
  ...tokenRoutes,
];
