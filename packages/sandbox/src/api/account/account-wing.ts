import type { Route } from "../params/route.js";
import { accountLinkRoutes } from "./account-links.js";
import { accountRoutes } from "./accounts.js";
import { testClockRoutes } from "./test-clocks.js";

export const accountWing: Route[] = [...accountRoutes, ...accountLinkRoutes, ...testClockRoutes];
