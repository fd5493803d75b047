import { type DisputeRules, defaultDisputeRules } from "@tollgate/core";
import { refuseOption } from "../context/refuse-option.js";
import { checkReturnRule } from "../refunds/refund-rules.js";

/** What disputes and warnings of fraud do. */
export interface DisputeOptions extends Partial<DisputeRules> {
  /**
   * What becomes of the subscription when a bank has taken the money and nobody has decided yet. What ends then stays
   * ended, even if the dispute is won.
   * @default "keep"
   */
  readonly opened?: DisputeRules["opened"];
  /**
   * The same when the money is gone for good: the dispute was lost, or prevented by giving it back.
   * @default "end_current"
   */
  readonly lost?: DisputeRules["lost"];
  /**
   * `"refund"` pays back what a card's network warns of and ends its subscription, before it costs a dispute and its fee;
   * never twice, and never what is disputed already. Not by default, because it can't be taken back, and not every
   * warning becomes a dispute.
   * @default "tell"
   */
  readonly fraudWarnings?: DisputeRules["fraudWarnings"];
}

/** @throws BillingError `invalid_options` */
export function toDisputeRules(options: DisputeOptions = {}): DisputeRules {
  const rules = { ...defaultDisputeRules, ...options };
  const { fraudWarnings } = rules;
  if (fraudWarnings !== "tell" && fraudWarnings !== "refund")
    refuseOption("disputes.fraudWarnings", 'must be "tell" or "refund"');
  return {
    opened: checkReturnRule("disputes.opened", rules.opened),
    lost: checkReturnRule("disputes.lost", rules.lost),
    fraudWarnings,
  };
}
