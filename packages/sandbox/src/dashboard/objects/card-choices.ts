import type { CardDecline } from "../../engine/methods/card-behaviour.js";
import type { DisputeKind } from "../../engine/payments/dispute.js";

type CardDispute = Exclude<DisputeKind, "dispute_debit">;

const words = {
  generic_decline: true,
  insufficient_funds: true,
  expired_card: true,
  lost_card: true,
  stolen_card: true,
  fraudulent: true,
  incorrect_cvc: true,
  card_velocity_exceeded: true,
  processing_error: true,
} satisfies Record<CardDecline, true>;

/** Every way in which an issuer can refuse, the common ones first. */
export const declines = Object.keys(words) as CardDecline[];

/** Every way in which a holder can contest a charge. */
export const disputeKinds = {
  dispute_fraudulent: "Fraudulent",
  dispute_product_not_received: "Product not received",
  dispute_inquiry: "An inquiry first",
  dispute_prevented: "Prevented: settled before it is one",
} satisfies Record<CardDispute, string>;

/** What a form chose, or undefined. */
export const declineOf = (chosen: string | null): CardDecline | undefined =>
  declines.find((decline) => decline === chosen);

/** What a form chose, or undefined. */
export const disputeKindOf = (chosen: string | null): CardDispute | undefined =>
  (Object.keys(disputeKinds) as CardDispute[]).find((kind) => kind === chosen);
