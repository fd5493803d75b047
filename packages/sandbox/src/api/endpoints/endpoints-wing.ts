import type { Route } from "../params/route.js";
import { eventDestinationRoutes } from "./event-destinations.js";
import { eventRoutes } from "./events.js";
import { thinEventRoutes } from "./thin-events.js";
import { webhookEndpointRoutes } from "./webhook-endpoints.js";

export const endpointsWing: Route[] = [
  ...eventRoutes,
  ...webhookEndpointRoutes,
  ...eventDestinationRoutes,
  ...thinEventRoutes,
];
