import type { Settings } from "../../engine/world/settings.js";
import { StripeError } from "../../engine/world/stripe-error.js";

type Given = { card?: { number?: unknown }; payment_method_data?: { card?: { number?: unknown } } };

/**
 * Refuses the number of a card from whoever has a secret key, as Stripe does with accounts that have no access to raw
 * card data. The publishable key is Stripe.js's, whose numbers never pass an app's server.
 * https://support.stripe.com/questions/enabling-access-to-raw-card-data-apis
 */
export const refuseRawCards = (
  { rawCardData }: Settings,
  key: "publishable" | "secret",
  params: object,
): void => {
  if (rawCardData || key === "publishable") return;
  const { card, payment_method_data: data }: Given = params;
  if (card?.number === undefined && data?.card?.number === undefined) return;
  throw new StripeError(402, {
    type: "invalid_request_error",
    message:
      "Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you use test tokens " +
      "that map to the test card you are using, see https://stripe.com/docs/testing. To enable testing raw card " +
      "data APIs, see https://support.stripe.com/questions/enabling-access-to-raw-card-data-apis.",
  });
};
