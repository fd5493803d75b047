import type { UsageReport } from "@tollgate/core";
import { refuseOption } from "../context/refuse-option.js";

/** Is told what was used: of the same report again, with the same `id`, when it threw or its answer got lost. */
export type UsageSink = (report: UsageReport) => Promise<void>;

/** What becomes of what is counted. */
export interface UsageOptions {
  /**
   * Who is told what was used of features that a plan bills by use. `"provider"`: its meters, which is what it bills from.
   * A function of yours: another product, for more than the provider's meters are made for. `"none"`: nobody, because your
   * app tells the provider by itself.
   * @default "provider"
   */
  readonly reportTo?: "provider" | "none" | UsageSink;
}

/** Whom to tell. */
export type UsageTarget = NonNullable<UsageOptions["reportTo"]>;

/** @throws BillingError `invalid_options` */
export function toUsageTarget({ reportTo = "provider" }: UsageOptions = {}): UsageTarget {
  if (typeof reportTo === "function" || reportTo === "provider" || reportTo === "none") return reportTo;
  return refuseOption("usage.reportTo", 'must be "provider", "none" or a function');
}
