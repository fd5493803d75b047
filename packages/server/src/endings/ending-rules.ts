import type { CancelSettlement } from "@tollgate/core";
import { refuseOption } from "../context/refuse-option.js";

/** What customers may do by themselves about the end of a subscription. Your own server code may do more. */
export interface EndingOptions {
  /**
   * What becomes of the time that is paid for when a customer cancels at once: it lapses (`nothing`), the next invoice is
   * reduced (`credit`), or it is paid back (`refund`). `false`: a customer can't cancel at once, and what asks for it
   * ends with the period.
   * @default "nothing"
   */
  readonly cancelNow?: CancelSettlement | false;
  /**
   * Whether customers may pause in full: no service, no invoices. Never only the collection, which would be service
   * without pay for whoever asks.
   * @default true
   */
  readonly pause?: boolean;
}

/** The options with their defaults. */
export type EndingRules = Required<EndingOptions>;

const settlements: readonly unknown[] = ["nothing", "credit", "refund", false];

/** @throws BillingError `invalid_options` */
export function toEndingRules({ cancelNow = "nothing", pause = true }: EndingOptions = {}): EndingRules {
  if (!settlements.includes(cancelNow)) {
    refuseOption("endings.cancelNow", 'must be "nothing", "credit", "refund" or false');
  }
  if (typeof pause !== "boolean") refuseOption("endings.pause", "must be true or false");
  return { cancelNow, pause };
}
