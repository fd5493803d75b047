import type { Callback, UsageThresholdData } from "../language/callback.js";

/**
 * What the app is told of use that reaches a threshold: once for each period, and for each limit that it is part of, so
 * that one that is raised is told anew.
 *
 * @example
 * function idOf(data: UsageThresholdData): string {
 *   return tellThreshold(data).id;
 * }
 */
export function tellThreshold(
  data: UsageThresholdData,
): Extract<Callback, { type: "usage.threshold_reached" }> {
  const { customerId, feature, of, percent, limit, period } = data;
  const about = [customerId, feature, of, percent, limit, period.startsAt].join(":");
  return { id: `${about}:usage.threshold_reached`, type: "usage.threshold_reached", data };
}
