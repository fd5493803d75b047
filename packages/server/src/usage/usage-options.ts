import { refuseOption } from "../context/refuse-option.js";
import type { UsageTarget } from "../context/usage-target.js";

/** What becomes of what is counted. */
export interface UsageOptions {
  /**
   * Who is told what was used of features that a plan bills by use. `"provider"`: its meters, which is what it bills from.
   * A function of yours: another product, for more than the provider's meters are made for. `"none"`: nobody, because your
   * app tells the provider by itself.
   * @default "provider"
   */
  readonly reportTo?: UsageTarget;
  /**
   * For how many minutes after its end a period takes what was used in it and is recorded late, with `at`: from 0 to 4320.
   * Stripe's invoice is a draft for about an hour, in which the jobs tell its meter; where you have set a longer grace period
   * there, stay a quarter of an hour below it. @default 45
   */
  readonly lateMinutes?: number;
}

/** @throws BillingError `invalid_options` */
export function toUsageTarget({ reportTo = "provider" }: UsageOptions = {}): UsageTarget {
  if (typeof reportTo === "function" || reportTo === "provider" || reportTo === "none") return reportTo;
  return refuseOption("usage.reportTo", 'must be "provider", "none" or a function');
}

/** @throws BillingError `invalid_options` */
export function toLateMs({ lateMinutes = 45 }: UsageOptions = {}): number {
  if (Number.isFinite(lateMinutes) && lateMinutes >= 0 && lateMinutes <= 4320) return lateMinutes * 60_000;
  return refuseOption("usage.lateMinutes", "must be a number from 0 to 4320");
}
