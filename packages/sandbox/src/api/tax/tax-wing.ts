import type { Route } from "../params/route.js";
import { taxIdRoutes } from "./tax-ids.js";
import { taxRateRoutes } from "./tax-rates.js";

export const taxWing: Route[] = [...taxIdRoutes, ...taxRateRoutes];
