import type { PaymentIntent, SetupIntent, Stripe, StripeElements } from "@stripe/stripe-js";
import {
  type DeclineReason,
  describeDecline,
  type PaymentRefusal,
  type WayForward,
} from "./describe-decline.js";
import type { IntentKind } from "./intent-kind.js";

/** How a confirmation ended. */
export type PaymentOutcome =
  | { readonly status: "paid"; readonly id: string }
  | { readonly status: "processing" }
  | { readonly status: "invalid" }
  | { readonly status: "declined"; readonly reason: DeclineReason; readonly next: WayForward };

interface ConfirmInput {
  readonly stripe: Stripe;
  readonly elements: StripeElements;
  readonly kind: IntentKind;
  readonly clientSecret: string;
  readonly returnUrl: string | undefined;
}

/** Confirms with what was typed, through 3-D Secure if the bank wants it. Never rejects. */
export async function confirmIntent(input: ConfirmInput): Promise<PaymentOutcome> {
  const { stripe, elements, kind, clientSecret, returnUrl } = input;
  try {
    const { error: invalid } = await elements.submit();
    if (invalid) return outcomeOfError(invalid);
    const options = {
      elements,
      confirmParams: { return_url: new URL(returnUrl ?? "", window.location.href).href },
      redirect: "if_required",
    } as const;
    const result =
      kind === "payment" ? await stripe.confirmPayment(options) : await stripe.confirmSetup(options);
    if (result.error) {
      const ended = isOver(result.error) ? await retrieveOutcome(stripe, kind, clientSecret) : null;
      return ended ?? outcomeOfError(result.error);
    }
    return outcomeOfIntent("paymentIntent" in result ? result.paymentIntent : result.setupIntent);
  } catch {
    // Stripe.js throws only when it is misused or cut off, such as by a form that leaves the page; the payment may
    // have gone through all the same. Its text may quote what was sent.
    const ended = await retrieveOutcome(stripe, kind, clientSecret);
    return ended ?? { status: "declined", ...describeDecline({}) };
  }
}

/** What an intent's status means for whoever pays. */
function outcomeOfIntent({ id, status }: Pick<PaymentIntent | SetupIntent, "id" | "status">): PaymentOutcome {
  switch (status) {
    case "succeeded":
    case "requires_capture":
      return { status: "paid", id };
    case "processing":
      return { status: "processing" };
    case "requires_action":
      return { status: "declined", ...describeDecline({ code: "authentication_not_handled" }) };
    default:
      return { status: "declined", ...describeDecline({ type: "card_error" }) };
  }
}

function outcomeOfError(error: PaymentRefusal): PaymentOutcome {
  if (error.type === "validation_error") return { status: "invalid" };
  return { status: "declined", ...describeDecline(error) };
}

/** An earlier attempt went through though its answer was lost, or another tab was faster. */
function isOver({ code }: PaymentRefusal): boolean {
  return code === "payment_intent_unexpected_state" || code === "setup_intent_unexpected_state";
}

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
