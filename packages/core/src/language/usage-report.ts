import type { IsoTime } from "./time.js";

/** Use of a metered feature that a subscription is billed for, as whoever bills it is told. */
export interface UsageReport {
  /** Names it for good: whoever is told twice counts it once. */
  readonly id: string;
  /** The app's own id of the customer; once they are deleted, the reference that stands for them. */
  readonly customerId: string;
  readonly provider: string;
  /** The provider's id of the customer: `cus_…`. */
  readonly providerCustomerId: string;
  readonly feature: string;
  /** What is to be added: a whole number, at least 1. */
  readonly quantity: number;
  /** A time within the period that it belongs to, to the second. */
  readonly usedAt: IsoTime;
  /** When it was told, or tried to be, for the first time. */
  readonly firstTriedAt: IsoTime;
}
