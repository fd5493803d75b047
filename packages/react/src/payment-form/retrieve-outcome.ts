import type { Stripe } from "@stripe/stripe-js";
import { outcomeOfIntent, type PaymentOutcome } from "./confirm-intent.js";
import type { IntentKind } from "./intent-kind.js";

/** How an intent ended if it did, `null` if it is still open or can't be read. */
export async function retrieveOutcome(
  stripe: Stripe,
  kind: IntentKind,
  clientSecret: string,
): Promise<PaymentOutcome | null> {
  try {
    const result =
      kind === "payment"
        ? await stripe.retrievePaymentIntent(clientSecret)
        : await stripe.retrieveSetupIntent(clientSecret);
    const intent =
      "paymentIntent" in result ? result.paymentIntent : "setupIntent" in result && result.setupIntent;
    if (!intent) return null;
    const outcome = outcomeOfIntent(intent);
    return outcome.status === "paid" || outcome.status === "processing" ? outcome : null;
  } catch {
    return null;
  }
}
