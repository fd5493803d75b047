import type { ReturnRule } from "../refunds/decide-return.js";

/** What disputes and warnings of fraud do. */
export interface DisputeRules {
  /** To access, when the bank has taken the money and nobody has decided yet. */
  readonly opened: ReturnRule;
  /** To access, when the money is gone for good: lost, or prevented by giving it back. */
  readonly lost: ReturnRule;
  /** To a payment that a network warns of: it is told, or told and paid back. */
  readonly fraudWarnings: "tell" | "refund";
}

/** Nobody loses what they paid for before it is decided, and nobody keeps it who has the money back. */
export const defaultDisputeRules = {
  opened: "keep",
  lost: "end_current",
  fraudWarnings: "tell",
} as const satisfies DisputeRules;
