import { find } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Invoice, PaymentIntent, PaymentMethod, Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";

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

/**
 * Card networks want the first charge after a free trial to say so.
 * https://docs.stripe.com/billing/subscriptions/trials/manage-trial-compliance
 */
export const afterTrial = (descriptor: string): string =>
  `${descriptor.slice(0, 10).trimEnd()} * TRIAL OVER`.slice(0, longest);

/** Whether an intent pays for the period that a trial led to. */
export const endsTrial = (world: World, intent: PaymentIntent): boolean => {
  const invoice = find<Invoice>(world.invoices, find(world.hidden.invoiceOfIntent, intent.id));
  const id = invoice?.parent?.subscription_details?.subscription as string | undefined;
  const end = find<Subscription>(world.subscriptions, id)?.trial_end;
  return end != null && invoice?.lines.data.some(({ period }) => period.start === end) === true;
};
