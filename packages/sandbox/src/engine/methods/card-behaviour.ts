export type CardDecline =
  | "card_velocity_exceeded"
  | "expired_card"
  | "fraudulent"
  | "generic_decline"
  | "incorrect_cvc"
  | "insufficient_funds"
  | "lost_card"
  | "processing_error"
  | "stolen_card";

/** An issuer's answer. */
export type CardAnswer = CardDecline | "ok" | "requires_action";

/** What becomes of a charge after it has succeeded. */
export type Aftermath =
  | "bypass_pending"
  | "dispute_fraudulent"
  | "dispute_inquiry"
  | "dispute_product_not_received"
  | "early_fraud_warning"
  | "refund_fails"
  | "refund_pending";

type Check = "fail" | "unavailable";

/** How a test card answers; stored in place of its number, which is never kept. */
export type CardBehaviour = {
  /** What happens when the card is saved or a setup is confirmed. */
  onSetup: CardAnswer;
  /** What happens when money is taken. */
  onCharge: CardAnswer;
  /** Whether one authentication is enough for later charges. */
  remembers?: boolean;
  /** What happens when a request asks for 3-D Secure itself. @default the same as without */
  onRequest?: "processing_error" | "requires_action";
  /** Whether a holder who is there is asked at every payment, however often the card was set up. */
  asksPresent?: true;
  /** What the issuer says once the holder has proven to be who they are. @default "ok" */
  afterAuthentication?: CardDecline;
  aftermath?: Aftermath;
  /** Checks of the code and the address that don't pass. */
  checks?: { cvc?: Check; line1?: Check; postal?: Check };
  risk?: "elevated" | "highest";
  /**
   * Made of a test token, such as `pm_card_visa`: its date says nothing about how long it pays, so that a
   * history of years needs no new card. Whoever changes the date means it.
   */
  ofToken?: true;
  /** How the next charge is declined, once; the dashboard's card tools set it. */
  failNext?: CardDecline;
};
