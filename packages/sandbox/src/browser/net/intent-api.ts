import type { Language } from "../words/words-for.js";
import type { ApiClient, ApiError, ApiObject, ApiResult } from "./api-client.js";
import { authenticate } from "./authentication-dialog.js";
import type { IntentKind, IntentSecret } from "./intent-secret.js";
import { refusalOf } from "./refusal-of.js";

/** What Stripe.js resolves: the intent under its own name, or an error. */
export type IntentResult =
  | { readonly paymentIntent: ApiObject }
  | { readonly setupIntent: ApiObject }
  | { readonly error: ApiError };

const paths = { payment: "payment_intents", setup: "setup_intents" } satisfies Record<IntentKind, string>;

export function retrieveIntent(api: ApiClient, secret: IntentSecret): Promise<ApiResult> {
  return api.get(`/v1/${paths[secret.kind]}/${secret.id}`, { client_secret: secret.clientSecret });
}

/** Confirms, and sees the customer through 3-D Secure when the card's bank asks for it. */
export async function confirmIntent(
  api: ApiClient,
  secret: IntentSecret,
  params: Readonly<Record<string, unknown>>,
  language?: Language,
): Promise<IntentResult> {
  const result = await api.post(`/v1/${paths[secret.kind]}/${secret.id}/confirm`, {
    ...params,
    client_secret: secret.clientSecret,
    // The bank's step is shown in the page, not by a redirect.
    use_stripe_sdk: true,
  });
  return "error" in result ? result : completeAction(api, secret, result.value, language);
}

/** Shows the bank's step if the intent waits for one; else the intent stays as it is. */
export async function completeAction(
  api: ApiClient,
  secret: IntentSecret,
  intent: ApiObject,
  language?: Language,
): Promise<IntentResult> {
  if (intent.status !== "requires_action") return toResult(secret, intent);
  const outcome = await authenticate(intent, language);
  const result = await api.post(`/v1/sandbox/intents/${secret.id}/authenticate`, {
    client_secret: secret.clientSecret,
    outcome,
  });
  return "error" in result ? result : toResult(secret, result.value);
}

const declined = { payment: "last_payment_error", setup: "last_setup_error" } satisfies Record<
  IntentKind,
  string
>;

/** An intent that fell back to needing a payment method carries the reason; Stripe.js hands that over as the error. */
function toResult(secret: IntentSecret, intent: ApiObject): IntentResult {
  const reason = intent[declined[secret.kind]];
  if (intent.status === "requires_payment_method" && typeof reason === "object" && reason !== null) {
    return { error: { ...refusalOf(reason), [`${secret.kind}_intent`]: intent } };
  }
  return secret.kind === "payment" ? { paymentIntent: intent } : { setupIntent: intent };
}
