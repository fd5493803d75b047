import type { Interval } from "@tollgate/core";

/** An interval in English, after "every" or "per": "month", "3 months". */
export function sayInterval(interval: Interval): string {
  return interval.replace("_", " ");
}
