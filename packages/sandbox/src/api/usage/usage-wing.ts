import type { Route } from "../params/route.js";
import { alertRoutes } from "./alerts.js";
import { meterRoutes } from "./meters.js";
import { meterV2Routes } from "./meters-v2.js";

export const usageWing: Route[] = [...alertRoutes, ...meterRoutes, ...meterV2Routes];
