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
}

/** @throws BillingError `invalid_options` */
export function toUsageTarget({ reportTo = "provider" }: UsageOptions = {}): UsageTarget {
  if (typeof reportTo === "function" || reportTo === "provider" || reportTo === "none") return reportTo;
  return refuseOption("usage.reportTo", 'must be "provider", "none" or a function');
}
