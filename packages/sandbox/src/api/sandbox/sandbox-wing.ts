import type { Route } from "../params/route.js";
import { sandboxControlRoutes } from "./sandbox-controls.js";
import { sandboxIntentRoutes } from "./sandbox-intents.js";

export const sandboxWing: Route[] = [...sandboxIntentRoutes, ...sandboxControlRoutes];
