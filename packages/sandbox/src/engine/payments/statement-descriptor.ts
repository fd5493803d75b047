import { invalidRequest } from "../world/stripe-error.js";
import type { PaymentMethod } from "../world/wire.js";

/** What statements show for the account itself. */
const prefix = "SANDBOX";

const longest = 22;

/** Refuses what banks don't print. https://docs.stripe.com/get-started/account/statement-descriptors#requirements */
export const checkDescriptor = (text: string | null | undefined, param: string): void => {
  if (!text) return;
  if (text.length > longest)
    throw invalidRequest(
      `The statement descriptor must be at most ${longest} characters.`,
      "parameter_invalid_string",
      param,
    );
  if (/[<>\\'"*]/.test(text))
    throw invalidRequest(
      `Invalid ${param}: statement descriptors may not contain any of these special characters: < > \\ ' " *`,
      undefined,
      param,
    );
  if (!/[A-Za-z]/.test(text))
    throw invalidRequest(
      "The statement descriptor must contain at least one alphabetic character.",
      undefined,
      param,
    );
};

/** The text on a card's statement is the account's name with a suffix; a card takes no whole text. */
export const checkCardDescriptor = (
  text: string | null | undefined,
  method: PaymentMethod | undefined,
): void => {
  if (!text || method?.type !== "card") return;
  throw invalidRequest(
    "The `statement_descriptor` parameter is not supported for the `card` payment method type. " +
      "Please use the `statement_descriptor_suffix` parameter instead.",
    undefined,
    "statement_descriptor",
  );
};

/** What the customer reads: the account's name and a suffix, or a text of the charge's own. */
export const descriptorOf = (text: string | null, suffix: string | null): string => {
  if (text) return text.toUpperCase();
  return (suffix ? `${prefix}* ${suffix}` : prefix).slice(0, longest).toUpperCase();
};
