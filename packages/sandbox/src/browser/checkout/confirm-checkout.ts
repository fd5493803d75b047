import { IntegrationError } from "../dom/integration-error.js";
import type { Params } from "../element/method-panel.js";
import { collectPayment } from "../elements/collect-payment.js";
import type { ElementGroup } from "../elements/element-group.js";
import type { ApiClient, ApiError } from "../net/api-client.js";
import { authenticate } from "../net/authentication-dialog.js";
import { isPaymentFailure, refusalOf } from "../net/refusal-of.js";
import type { Language } from "../words/words-for.js";
import type { CheckoutContact, CheckoutSessionView } from "./checkout-session.js";
import type { CheckoutStore } from "./checkout-store.js";

/** The one argument of `checkout.confirm()`. */
export interface CheckoutConfirm {
  readonly returnUrl?: string;
  readonly redirect?: "always" | "if_required";
  readonly paymentMethod?: string;
  readonly savePaymentMethod?: boolean;
  readonly email?: string;
  readonly phoneNumber?: string;
  readonly billingAddress?: CheckoutContact;
  readonly shippingAddress?: CheckoutContact;
  readonly expressCheckoutConfirmEvent?: unknown;
  readonly onRequiresApproval?: () => Promise<void>;
}

/** What the actions of one checkout work with. */
export interface CheckoutRoom {
  readonly api: ApiClient;
  readonly store: CheckoutStore;
  readonly group: ElementGroup;
  readonly language: () => Language;
  readonly navigate: (url: string) => void;
}

export type CheckoutConfirmResult =
  | { readonly type: "success"; readonly session: CheckoutSessionView }
  | {
      readonly type: "error";
      readonly error: {
        readonly message: string;
        readonly code: string | null;
        readonly paymentFailed?: { readonly declineCode: string | null };
      };
    };

/**
 * Pays the session. With `redirect: "always"`, the default, a success leaves the page and the promise stays open.
 * @throws {IntegrationError} when it would have to leave and there is nowhere to go.
 */
export async function confirmCheckout(
  room: CheckoutRoom,
  given: CheckoutConfirm,
): Promise<CheckoutConfirmResult> {
  const { group, store } = room;
  const returnUrl = given.returnUrl ?? store.page().return_url;
  const redirects = given.redirect !== "if_required";
  if (redirects && !returnUrl) {
    throw new IntegrationError(
      "checkout.confirm() needs a returnUrl: give one, or set return_url on the Checkout Session, or use redirect 'if_required'.",
    );
  }
  const typed = given.paymentMethod === undefined ? readElements(group, given) : named(given.paymentMethod);
  if ("error" in typed) return toFailure(typed.error);
  const params = { ...detailsOf(store, given, typed), ...typed.method, return_url: returnUrl };
  const error = (await store.confirm(params)) ?? (await completeAction(room));
  typed.finish(error);
  if (error) {
    await store.reload();
    return toFailure(error);
  }
  const session = store.session();
  if (!redirects || !returnUrl) return { type: "success", session };
  room.navigate(returnUrl.replaceAll("{CHECKOUT_SESSION_ID}", session.id));
  return new Promise<never>(() => {});
}

interface Typed {
  readonly method: Params;
  readonly saves: boolean;
  readonly email: string | undefined;
  readonly shipping: Params | undefined;
  readonly shippingRate: string | undefined;
  finish(error?: ApiError): void;
}

const nothing = { saves: false, email: undefined, shipping: undefined, shippingRate: undefined };

function named(id: string): Typed {
  return { ...nothing, method: { payment_method: id }, finish: () => {} };
}

function readElements(group: ElementGroup, given: CheckoutConfirm): Typed | { readonly error: ApiError } {
  const isExpress = given.expressCheckoutConfirmEvent !== undefined || group.express()?.payment();
  // Where nothing is due the page may show no payment form at all.
  if (!isExpress && !group.findPayment()) return { ...nothing, method: {}, finish: () => {} };
  return collectPayment(group);
}

function detailsOf(store: CheckoutStore, given: CheckoutConfirm, typed: Typed): Params {
  const { email, billing, phone, shipping, businessName, individualName, taxIdInfo } = store.details();
  const billed = given.billingAddress ?? billing;
  const delivered = given.shippingAddress ?? shipping;
  return {
    email: given.email ?? email ?? typed.email,
    phone: given.phoneNumber ?? phone,
    name: billed?.name ?? individualName,
    business_name: businessName ?? taxIdInfo?.businessName,
    billing_address: billed?.address,
    shipping: delivered ? { name: delivered.name ?? "", address: delivered.address } : typed.shipping,
    shipping_rate: typed.shippingRate,
    tax_id: taxIdInfo?.taxId,
    save_payment_method: given.savePaymentMethod ?? (typed.saves || undefined),
    expected_amount: store.page().amount_total,
  };
}

/** Shows the bank's step if the payment waits for one; resolves to what went wrong, if something did. */
async function completeAction({ api, language, store }: CheckoutRoom): Promise<ApiError | undefined> {
  const page = store.page();
  const intent = page.payment_intent ?? page.setup_intent;
  if (intent?.status !== "requires_action") return undefined;
  const due =
    intent.object === "payment_intent" ? { amount: page.amount_total, currency: page.currency } : {};
  const outcome = await authenticate({ id: intent.id, object: intent.object, ...due }, language());
  const result = await api.post(`/v1/sandbox/intents/${intent.id}/authenticate`, {
    client_secret: intent.client_secret,
    outcome,
  });
  if ("error" in result) return result.error;
  const reason = result.value.last_payment_error ?? result.value.last_setup_error;
  if (result.value.status === "requires_payment_method" && typeof reason === "object" && reason !== null)
    return refusalOf(reason);
  return store.reload();
}

function toFailure(error: ApiError): CheckoutConfirmResult {
  const { message } = error;
  if (!isPaymentFailure(error)) return { type: "error", error: { message, code: null } };
  return {
    type: "error",
    error: { message, code: "paymentFailed", paymentFailed: { declineCode: error.decline_code ?? null } },
  };
}
