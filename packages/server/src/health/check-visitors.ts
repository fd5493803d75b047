import type { HealthCheck } from "./health-check.js";

/** Deliveries that this instance refused, and origins that its options don't name. */
export const checkVisitors: HealthCheck = ({ context: { webhooks, origins } }) => {
  const refused = webhooks.problem();
  return [...(refused === null ? [] : [refused]), ...origins.problems()];
};
