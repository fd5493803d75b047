import type { ApiClient, ApiError } from "../net/api-client.js";
import { type IntentKind, parseClientSecret } from "../net/intent-secret.js";
import type { ElementsOptions } from "./elements-options.js";
import { asRecord, type SavedMethod } from "./method-panel.js";
import { type PaymentContext, plainContext } from "./payment-context.js";

const intentPaths = { payment: "payment_intents", setup: "setup_intents" } satisfies Record<
  IntentKind,
  string
>;

type Loaded = { readonly error: ApiError } | { readonly context: PaymentContext };

/** Asks the sandbox what a group may be paid with; a deferred group without a customer asks nothing. */
export async function loadPaymentContext(api: ApiClient, options: ElementsOptions): Promise<Loaded> {
  const base = await loadBase(api, options);
  const secret = options.customerSessionClientSecret;
  if ("error" in base || secret === undefined) return base;
  const result = await api.get("/v1/elements/sessions", { customer_session_client_secret: secret });
  if ("error" in result) return result;
  return { context: { ...base.context, ...readCustomer(result.value.customer) } };
}

async function loadBase(api: ApiClient, options: ElementsOptions): Promise<Loaded> {
  if (options.clientSecret === undefined) {
    const isSetup = options.mode === "setup";
    const reuses = isSetup || options.mode === "subscription" || Boolean(options.setupFutureUsage);
    const types = options.allowedPaymentMethodTypes ?? plainContext.types;
    return { context: { ...plainContext, types, reuses, isSetup } };
  }
  const intent = parseClientSecret(options.clientSecret);
  const result = await api.get(`/v1/${intentPaths[intent.kind]}/${intent.id}`, {
    client_secret: options.clientSecret,
  });
  if ("error" in result) return result;
  const { payment_method_types: types, setup_future_usage: usage, amount, currency } = result.value;
  const isSetup = intent.kind === "setup";
  return {
    context: {
      ...plainContext,
      types: Array.isArray(types) ? types.map(String) : plainContext.types,
      reuses: isSetup || typeof usage === "string",
      isSetup,
      ...(typeof amount === "number" && typeof currency === "string" ? { due: { amount, currency } } : {}),
    },
  };
}

/** What a customer session shows of its customer. */
function readCustomer(value: unknown): Pick<PaymentContext, "canRemove" | "canSave" | "saved" | "saveUsage"> {
  const customer = asRecord(value);
  const components = asRecord(asRecord(customer.customer_session).components);
  const features = asRecord(asRecord(components.payment_element).features);
  const usage = features.payment_method_save_usage;
  return {
    saved: Array.isArray(customer.payment_methods) ? (customer.payment_methods as SavedMethod[]) : [],
    canRemove: features.payment_method_remove === "enabled",
    canSave: features.payment_method_save === "enabled",
    saveUsage: typeof usage === "string" ? usage : undefined,
  };
}
