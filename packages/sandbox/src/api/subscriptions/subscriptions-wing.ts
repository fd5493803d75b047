import type { Route } from "../params/route.js";
import { feedbackOptionRoutes } from "./feedback-options.js";
import { subscriptionItemRoutes } from "./subscription-items.js";
import { subscriptionScheduleRoutes } from "./subscription-schedules.js";
import { subscriptionRoutes } from "./subscriptions.js";

export const subscriptionsWing: Route[] = [
  ...subscriptionRoutes,
  ...subscriptionItemRoutes,
  ...subscriptionScheduleRoutes,
  ...feedbackOptionRoutes,
];
