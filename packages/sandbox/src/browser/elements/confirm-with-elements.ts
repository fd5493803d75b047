import { IntegrationError } from "../dom/integration-error.js";
import { asRecord, type Params } from "../element/method-panel.js";
import type { ApiClient, ApiError } from "../net/api-client.js";
import { confirmIntent, type IntentResult } from "../net/intent-api.js";
import { type IntentKind, type IntentSecret, parseClientSecret } from "../net/intent-secret.js";
import { languageFor } from "../words/words-for.js";
import { collectPayment } from "./collect-payment.js";
import { findElementsState } from "./create-elements.js";

/** The one argument of `confirmPayment` and `confirmSetup`. */
export interface ConfirmOptions {
  readonly elements?: unknown;
  readonly clientSecret?: string | undefined;
  readonly confirmParams?: Params | undefined;
  readonly redirect?: "always" | "if_required" | undefined;
}

/** Where confirmations are sent, and how the page is left. */
export interface ConfirmRoom {
  readonly api: ApiClient;
  readonly navigate: (url: string) => void;
}

const methodNames = { payment: "confirmPayment", setup: "confirmSetup" } satisfies Record<IntentKind, string>;

/**
 * Confirms the intent with what was typed or chosen in `elements`, or with what `confirmParams` names.
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
  const typed =
    rest.payment_method === undefined && rest.confirmation_token === undefined
      ? readElements(kind, options, asRecord(methodData))
      : noElements;
  if ("error" in typed) return typed;
  const language = languageFor(localeOf(options.elements));
  const params = { ...typed.params, ...rest, return_url: returnUrl };
  const result = await confirmIntent(room.api, secret, params, language);
  typed.finish("error" in result ? result.error : undefined);
  if ("error" in result || !redirects || typeof returnUrl !== "string") return result;
  room.navigate(toReturnUrl(returnUrl, secret, result));
  return new Promise<never>(() => {});
}

const noElements = { params: {}, finish: () => {} };

function readElements(kind: IntentKind, options: ConfirmOptions, given: Params) {
  const state = findElementsState(options.elements);
  const { canSave, saveUsage } = state.context();
  const typed = collectPayment(state.group(), given, canSave);
  if ("error" in typed) return typed;
  const usage = typed.saves && saveUsage !== undefined ? { setup_future_usage: saveUsage } : {};
  const params: Params =
    kind === "payment" ? { shipping: typed.shipping, ...usage, ...typed.method } : typed.method;
  return { params, finish: (error?: ApiError) => typed.finish(error) };
}

function localeOf(elements: unknown): string | undefined {
  return elements === undefined ? undefined : findElementsState(elements).options().locale;
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

function toReturnUrl(returnUrl: string, secret: IntentSecret, result: IntentResult): string {
  const intent = "paymentIntent" in result ? result.paymentIntent : undefined;
  const url = new URL(returnUrl);
  url.searchParams.set(`${secret.kind}_intent`, secret.id);
  url.searchParams.set(`${secret.kind}_intent_client_secret`, secret.clientSecret);
  url.searchParams.set("redirect_status", intent?.status === "processing" ? "pending" : "succeeded");
  return url.href;
}
