import type { CallbackTiming } from "../jobs/callback-timing.js";

/** The engine does the same for jobs: no wait is longer than with 16 doublings. */
const mostDoublings = 16;

/** How long to wait after the given number of failed attempts, in seconds; up to half of it is random. */
export function retrySeconds(
  { retryDelaySeconds, retryBackoff }: CallbackTiming,
  attempts: number,
  random: () => number = Math.random,
): number {
  if (!retryBackoff) return retryDelaySeconds;
  const longest = retryDelaySeconds * 2 ** Math.min(mostDoublings, attempts);
  return (longest / 2) * (1 + random());
}
