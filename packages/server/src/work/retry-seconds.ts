import type { WorkTiming } from "@tollgate/core";

/** No wait is longer than with this many doublings. */
const mostDoublings = 16;

/** How long to wait after the given number of failed attempts, in seconds; up to half of it is random. */
export function retrySeconds(
  { retryDelaySeconds, retryBackoff }: WorkTiming,
  attempts: number,
  random: () => number = Math.random,
): number {
  if (!retryBackoff) return retryDelaySeconds;
  const longest = retryDelaySeconds * 2 ** Math.min(mostDoublings, attempts);
  return (longest / 2) * (1 + random());
}
