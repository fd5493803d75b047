/** How a test card answers; stored in place of its number, which is never kept. */
export type CardBehaviour = {
  /** What happens when the card is saved or a setup is confirmed. */
  onSetup: "ok" | "requires_action" | CardDecline;
  /** What happens when money is taken. */
  onCharge: "ok" | "requires_action" | CardDecline;
};

export type CardDecline = "generic_decline" | "insufficient_funds" | "incorrect_cvc" | "expired_card";
