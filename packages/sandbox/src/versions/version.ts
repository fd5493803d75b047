import { invalidRequest } from "../engine/world/stripe-error.js";

const pattern = /^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/;

/** Whether a text has the form of an API version, such as `2025-03-31.basil` or `2023-10-16`. */
export const isVersion = (text: string): boolean => pattern.test(text);

/**
 * The API version that a `Stripe-Version` header asks for, without the betas that may follow it.
 *
 * @throws StripeError 400 for anything else.
 */
export const readVersion = (header: string): string => {
  const [version = ""] = header.split(";");
  if (!isVersion(version.trim())) throw invalidRequest(`Invalid Stripe API version: ${header}`);
  return version.trim();
};

/** Whether an API version came before another; versions begin with their date. */
export const isOlder = (version: string, than: string): boolean => version.slice(0, 10) < than.slice(0, 10);
