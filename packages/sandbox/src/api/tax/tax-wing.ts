import type { Route } from "../params/route.js";
import { taxCodeRoutes } from "./tax-codes.js";
import { taxIdRoutes } from "./tax-ids.js";
import { taxRateRoutes } from "./tax-rates.js";
import { taxRegistrationRoutes } from "./tax-registrations.js";
import { taxSettingsRoutes } from "./tax-settings-routes.js";

export const taxWing: Route[] = [
  ...taxCodeRoutes,
  ...taxIdRoutes,
  ...taxRateRoutes,
  ...taxRegistrationRoutes,
  ...taxSettingsRoutes,
];
