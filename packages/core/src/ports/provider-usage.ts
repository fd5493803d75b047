import type { UsageReport } from "../language/usage-report.js";

/** Meters at the provider, from which it bills what was used. */
export interface ProviderUsage {
  /**
   * Tells the meter of a feature what was used, once for the same report however often it is called.
   *
   * @param input.now by which the provider's own memory of reports is counted
   * @throws BillingError `provider_rejected` when it can't be billed any more, or the customer or meter is gone
   */
  report(input: { readonly report: UsageReport; readonly now: Date }): Promise<void>;
}
