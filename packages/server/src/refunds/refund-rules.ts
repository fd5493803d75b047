import type { ReturnRule } from "@tollgate/core";
import { refuseOption } from "../context/refuse-option.js";

/** What a refund does to access. */
export interface RefundOptions {
  /**
   * What becomes of the subscription when all that was paid for an invoice went back, whoever gave it back and where:
   * it ends at once if that invoice was for a period that is not over (`"end_current"`), whichever invoice it was
   * (`"end"`), or runs on and is charged again (`"keep"`). A product that was bought once is no longer owned, except by
   * `"keep"`. What is refunded in part runs on. Each call of
   * `billing.refunds.create` may say otherwise.
   * @default "end_current"
   */
  readonly full?: ReturnRule;
}

const rules: readonly unknown[] = ["end", "end_current", "keep"];

/** @throws BillingError `invalid_options` */
export function toRefundRules({ full = "end_current" }: RefundOptions = {}): Required<RefundOptions> {
  return { full: checkReturnRule("refunds.full", full) };
}

/** @throws BillingError `invalid_options` */
export function checkReturnRule(option: string, rule: ReturnRule): ReturnRule {
  return rules.includes(rule) ? rule : refuseOption(option, 'must be "end_current", "end" or "keep"');
}
