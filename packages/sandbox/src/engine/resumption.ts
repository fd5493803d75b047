import type { Period } from "./subscription-period.js";

/** How a paused subscription goes on; times in seconds since 1970. */
export type Resumption = {
  invoice: string;
  /** When the invoice is voided unless somebody tried to pay it. */
  expiresAt: number;
  anchor: number;
  /** By the id of the item. */
  periods: Record<string, Period>;
  /** Whether only a payment that succeeds ends the pause; otherwise a failed one makes it past due. */
  needsSuccess: boolean;
};
