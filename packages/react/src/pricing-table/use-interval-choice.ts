import { compareIntervals, type Interval, type PlanDescription } from "@tollgate/core";
import { useState } from "react";

export interface IntervalOptions {
  /** The chosen interval, when you control it; without `onIntervalChange` the switch is left out. */
  readonly interval?: Interval | undefined;
  /** What a person without a subscription sees first; others see their own interval. @default "month" */
  readonly defaultInterval?: Interval | undefined;
  readonly onIntervalChange?: ((interval: Interval) => void) | undefined;
}

/** The interval that is shown, among those that the plans are sold by. */
export function useIntervalChoice(
  options: IntervalOptions,
  plans: readonly PlanDescription[],
  own: Interval | undefined,
) {
  const [switchedTo, setSwitchedTo] = useState<Interval | null>(null);
  const { interval, defaultInterval, onIntervalChange } = options;
  const all = plans.flatMap(({ prices }) => prices.map((price) => price.interval));
  const sold = [...new Set(all)].sort(compareIntervals);
  const wanted = interval ?? switchedTo ?? own ?? defaultInterval ?? "month";
  return {
    interval: sold.includes(wanted) ? wanted : (sold[0] ?? "month"),
    /**
     * What the switch offers; with fewer than two there is no switch; if the app controls it and doesn't listen for
     * changes, it would do nothing either.
     */
    intervals: interval !== undefined && onIntervalChange === undefined ? [] : sold,
    /** Whether the person has switched the interval on this page. */
    switched: switchedTo !== null,
    setInterval(next: Interval): void {
      setSwitchedTo(next);
      onIntervalChange?.(next);
    },
  };
}
