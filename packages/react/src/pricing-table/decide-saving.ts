import type { PlanDescription } from "@tollgate/core";

/** What paying yearly saves, in the plainest words that are true. */
export type YearlySaving =
  /** Every plan's year costs exactly this many months less. */
  | { readonly kind: "months"; readonly months: number }
  /** Whole percent, rounded down so that it never promises too much; `upTo` when plans differ. */
  | { readonly kind: "percent"; readonly percent: number; readonly upTo: boolean };

/** The saving that the interval switch may claim for these plans; `null` when there is none. */
export function decideSaving(plans: readonly PlanDescription[]): YearlySaving | null {
  const pairs = plans.flatMap(({ prices }) => {
    const month = prices.find(({ interval }) => interval === "month")?.amount;
    const year = prices.find(({ interval }) => interval === "year")?.amount;
    return month && year !== undefined ? [{ month, year }] : [];
  });
  const saved = pairs.map(({ month, year }) => 12 - year / month);
  const [first] = saved;
  if (first === undefined || Math.max(...saved) <= 0) return null;
  const same = saved.every((months) => months === first);
  if (same && Number.isInteger(first)) return { kind: "months", months: first };
  const percents = pairs.map(({ month, year }) => Math.floor(((month * 12 - year) * 100) / (month * 12)));
  const percent = Math.max(...percents);
  return percent < 1 ? null : { kind: "percent", percent, upTo: percents.some((one) => one !== percent) };
}
