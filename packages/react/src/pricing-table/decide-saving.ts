import type { Interval, PlanDescription } from "@tollgate/core";

/** What paying yearly saves, in the plainest words that are true. */
export type YearlySaving =
  /** Every plan's year costs exactly this many months less. */
  | { readonly kind: "months"; readonly months: number }
  /** Whole percent, rounded down so that it never promises too much; `upTo` when plans differ. */
  | { readonly kind: "percent"; readonly percent: number; readonly upTo: boolean };

/** The saving that the interval switch may claim for these plans; `null` when there is none. */
export function decideSaving(plans: readonly PlanDescription[]): YearlySaving | null {
  const saved = plans.flatMap(({ prices }) => {
    const amountOf = (wanted: Interval) => prices.find(({ interval }) => interval === wanted)?.amount;
    const [month, year] = [amountOf("month"), amountOf("year")];
    return month && year !== undefined ? [12 - year / month] : [];
  });
  const [first = 0] = saved;
  const same = saved.every((months) => months === first);
  if (same && first > 0 && Number.isInteger(first)) return { kind: "months", months: first };
  // A fraction that is whole but for its last binary digit is not rounded down.
  const percents = saved.map((months) => Math.floor((months * 100) / 12 + 1e-9));
  const percent = Math.max(0, ...percents);
  return percent === 0 ? null : { kind: "percent", percent, upTo: percents.some((one) => one !== percent) };
}
