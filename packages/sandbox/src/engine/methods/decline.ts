import { cardError, type StripeErrorBody } from "../world/stripe-error.js";
import type { CardDecline } from "./card-behaviour.js";

export type Refusal = CardDecline | "authentication_required";

type Words = {
  code: string;
  message: string;
  advice?: "confirm_card_data" | "do_not_try_again" | "try_again_later";
  /** What the network calls it: recorded, or else Visa's own code for it. */
  network?: string;
  /** What the network advises, in its own code. */
  networkAdvice?: string;
};

/** What the issuer's answers are called in the API. */
const words = {
  generic_decline: {
    code: "card_declined",
    message: "Your card was declined.",
    advice: "try_again_later",
    network: "01",
  },
  insufficient_funds: {
    code: "card_declined",
    message: "Your card has insufficient funds.",
    advice: "try_again_later",
    network: "51",
  },
  card_velocity_exceeded: {
    code: "card_declined",
    message:
      "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
    advice: "try_again_later",
    network: "65",
  },
  fraudulent: { code: "card_declined", message: "Your card was declined.", advice: "do_not_try_again" },
  lost_card: {
    code: "card_declined",
    message: "Your card was declined.",
    advice: "do_not_try_again",
    network: "41",
  },
  stolen_card: {
    code: "card_declined",
    message: "Your card was declined.",
    advice: "do_not_try_again",
    network: "43",
  },
  expired_card: {
    code: "expired_card",
    message: "Your card has expired.",
    advice: "confirm_card_data",
    network: "54",
    networkAdvice: "03",
  },
  incorrect_cvc: {
    code: "incorrect_cvc",
    message: "Your card's security code is incorrect.",
    advice: "confirm_card_data",
    network: "N7",
  },
  processing_error: {
    code: "processing_error",
    message: "An error occurred while processing your card. Try again in a little bit.",
    advice: "try_again_later",
  },
  authentication_required: {
    code: "authentication_required",
    message: "Your card was declined. This transaction requires authentication.",
  },
} satisfies Record<Refusal, Words>;

const paramOf: Partial<Record<Refusal, string>> = { incorrect_cvc: "cvc", expired_card: "exp_month" };

/** The error body of a refusal, without the objects that a request adds to it. */
export const declineBody = (refusal: Refusal): StripeErrorBody & { code: string } => {
  const { code, message, advice, network, networkAdvice }: Words = words[refusal];
  const param = paramOf[refusal];
  return {
    ...cardError({ code, message }).body,
    code,
    decline_code: refusal,
    ...(advice ? { advice_code: advice } : {}),
    ...(networkAdvice ? { network_advice_code: networkAdvice } : {}),
    ...(network ? { network_decline_code: network } : {}),
    ...(param ? { param } : {}),
  };
};
