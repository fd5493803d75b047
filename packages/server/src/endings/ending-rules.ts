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
  /**
   * What somebody who cancels in your pages is offered to stay, once per customer: a coupon of the provider's by its id, or
   * so many days (1 to 365) that are not charged while the service continues.
   * @default nothing
   */
  readonly retention?: RetentionRule;
}

/** What is offered to whoever leaves. */
export type RetentionRule = { readonly coupon: string } | { readonly pauseDays: number };

/** The options with their defaults. */
export interface EndingRules extends Required<Pick<EndingOptions, "cancelNow" | "pause">> {
  /** `null`: nothing is offered. */
  readonly retention: RetentionRule | null;
}

const settlements: readonly unknown[] = ["nothing", "credit", "refund", false];

/** @throws BillingError `invalid_options` */
export function toEndingRules(options: EndingOptions = {}): EndingRules {
  const { cancelNow = "nothing", pause = true, retention = null } = options;
  if (!settlements.includes(cancelNow)) {
    refuseOption("endings.cancelNow", 'must be "nothing", "credit", "refund" or false');
  }
  if (typeof pause !== "boolean") refuseOption("endings.pause", "must be true or false");
  if (retention !== null && !isRule(retention)) {
    refuseOption("endings.retention", "must be { coupon: id } or { pauseDays: 1 to 365 }");
  }
  return { cancelNow, pause, retention };
}

function isRule(rule: RetentionRule): boolean {
  if ("coupon" in rule) return typeof rule.coupon === "string" && rule.coupon !== "";
  const { pauseDays } = rule;
  return Number.isInteger(pauseDays) && pauseDays >= 1 && pauseDays <= 365;
}
