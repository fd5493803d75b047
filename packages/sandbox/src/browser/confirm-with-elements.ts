import type { ApiClient } from "./api-client.js";
import { findElementsState } from "./create-elements.js";
import { IntegrationError } from "./integration-error.js";
import { confirmIntent, type IntentResult } from "./intent-api.js";
import { type IntentKind, type IntentSecret, parseClientSecret } from "./intent-secret.js";
import { readPaymentMethodData } from "./payment-method-data.js";

/** The one argument of `confirmPayment` and `confirmSetup`. */
export interface ConfirmOptions {
  readonly elements?: unknown;
  readonly clientSecret?: string | undefined;
  readonly confirmParams?: Readonly<Record<string, unknown>> | undefined;
  readonly redirect?: "always" | "if_required" | undefined;
}

interface ConfirmRoom {
  readonly api: ApiClient;
  readonly navigate: (url: string) => void;
}

const methodNames = { payment: "confirmPayment", setup: "confirmSetup" } satisfies Record<IntentKind, string>;

/**
 * Confirms the intent with the card typed into `elements`, or with what `confirmParams` names.
 * With `redirect: "always"`, Stripe's default, a success leaves the page and the promise stays open.
 */
export async function confirmWithElements(
  room: ConfirmRoom,
  kind: IntentKind,
  options: ConfirmOptions,
): Promise<IntentResult> {
  const secret = findSecret(kind, options);
  const { return_url: returnUrl, payment_method_data: methodData, ...rest } = options.confirmParams ?? {};
  const redirects = options.redirect !== "if_required";
  if (redirects && typeof returnUrl !== "string") {
    throw new IntegrationError(
      `stripe.${methodNames[kind]}() needs confirmParams.return_url unless redirect is 'if_required'.`,
    );
  }
  const params: Record<string, unknown> = { ...rest, return_url: returnUrl };
  if (rest.payment_method === undefined) {
    const method = readPaymentMethodData(findElementsState(options.elements), Object(methodData));
    if ("error" in method) return method;
    params.payment_method_data = method.data;
  }
  const result = await confirmIntent(room.api, secret, params);
  if ("error" in result || !redirects || typeof returnUrl !== "string") return result;
  room.navigate(toReturnUrl(returnUrl, secret));
  return new Promise<never>(() => {});
}

function findSecret(kind: IntentKind, options: ConfirmOptions): IntentSecret {
  const state = options.elements === undefined ? undefined : findElementsState(options.elements);
  if (state && state.options().clientSecret === undefined && !state.isSubmitted()) {
    throw new IntegrationError(
      `elements.submit() must be called before stripe.${methodNames[kind]}(). Call elements.submit() as soon as ` +
        "your customer presses pay, prior to any asynchronous work.",
    );
  }
  const secret = parseClientSecret(options.clientSecret ?? state?.options().clientSecret);
  if (secret.kind === kind) return secret;
  const other = methodNames[secret.kind];
  throw new IntegrationError(
    `stripe.${methodNames[kind]}() was given a ${secret.kind} intent; use stripe.${other}().`,
  );
}

function toReturnUrl(returnUrl: string, secret: IntentSecret): string {
  const url = new URL(returnUrl);
  url.searchParams.set(`${secret.kind}_intent`, secret.id);
  url.searchParams.set(`${secret.kind}_intent_client_secret`, secret.clientSecret);
  url.searchParams.set("redirect_status", "succeeded");
  return url.href;
}
