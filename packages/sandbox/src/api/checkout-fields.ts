import {
  accepted,
  choice,
  flag,
  hash,
  integer,
  list,
  metadata,
  type Params,
  required,
  text,
} from "./fields.js";
import { recurring } from "./prices.js";

const lineItem = hash({
  adjustable_quantity: hash({ enabled: required(flag()), maximum: integer(0), minimum: integer(0) }),
  price: text(),
  price_data: hash({
    currency: required(text()),
    product: text(),
    product_data: hash({
      name: required(text()),
      metadata: metadata(),
      description: accepted(),
      images: accepted(),
    }),
    recurring: recurring(),
    tax_behavior: choice("exclusive", "inclusive", "unspecified"),
    unit_amount: required(integer(0)),
  }),
  quantity: integer(0),
});

const subscriptionData = hash({
  description: text(),
  metadata: metadata(),
  trial_end: integer(0),
  trial_period_days: integer(1),
  trial_settings: hash({
    end_behavior: required(
      hash({ missing_payment_method: required(choice("cancel", "create_invoice", "pause")) }),
    ),
  }),
});

/** What opens a session. */
export const checkoutFields = {
  adaptive_pricing: accepted(),
  allow_promotion_codes: flag(),
  automatic_tax: accepted(),
  billing_address_collection: accepted(),
  cancel_url: text(),
  client_reference_id: text(),
  currency: text(),
  customer: text(),
  customer_creation: accepted(),
  customer_email: text(),
  customer_update: accepted(),
  custom_text: accepted(),
  expires_at: integer(0),
  line_items: list(lineItem),
  locale: text(),
  metadata: metadata(),
  mode: required(choice("payment", "setup", "subscription")),
  payment_intent_data: hash({
    metadata: metadata(),
    setup_future_usage: choice("off_session", "on_session"),
    description: accepted(),
  }),
  payment_method_collection: choice("always", "if_required"),
  payment_method_options: accepted(),
  saved_payment_method_options: accepted(),
  setup_intent_data: hash({ metadata: metadata(), description: accepted() }),
  submit_type: choice("auto", "book", "donate", "pay", "subscribe"),
  subscription_data: subscriptionData,
  success_url: required(text()),
  tax_id_collection: accepted(),
  ui_mode: choice("hosted_page"),
};

type CreateParams = Params<typeof checkoutFields>;

const lineOf = (line: NonNullable<CreateParams["line_items"]>[number]) => {
  const { price_data, ...rest } = line;
  if (!price_data) return rest;
  const { product_data, currency, ...price } = price_data;
  const product = product_data && { name: product_data.name, metadata: product_data.metadata ?? {} };
  return {
    ...rest,
    price_data: {
      ...price,
      currency: currency.toLowerCase(),
      ...(product ? { product_data: product } : {}),
    },
  };
};

/** What the engine is told: everything that is simulated. */
export const toOrder = (params: CreateParams) => {
  const { subscription_data: sub, payment_intent_data: payment, setup_intent_data: setup } = params;
  const { allow_promotion_codes, cancel_url, client_reference_id, currency, customer, customer_email } =
    params;
  const given = {
    allow_promotion_codes,
    cancel_url,
    client_reference_id,
    currency,
    customer,
    customer_email,
  };
  const { expires_at, locale, payment_method_collection, submit_type } = params;
  const more = { expires_at, locale, payment_method_collection, submit_type };
  const { trial_settings, metadata: subMetadata, ...trial } = sub ?? {};
  const missing = trial_settings?.end_behavior.missing_payment_method;
  return {
    ...defined({ ...given, ...more }),
    mode: params.mode,
    success_url: params.success_url,
    metadata: params.metadata ?? {},
    line_items: params.line_items?.map(lineOf) ?? [],
    ...(payment
      ? {
          payment_intent_data: {
            ...defined({ setup_future_usage: payment.setup_future_usage }),
            metadata: payment.metadata ?? {},
          },
        }
      : {}),
    ...(setup ? { setup_intent_data: { metadata: setup.metadata ?? {} } } : {}),
    ...(sub
      ? {
          subscription_data: {
            ...trial,
            metadata: subMetadata ?? {},
            ...(missing ? { missing_payment_method: missing } : {}),
          },
        }
      : {}),
  };
};

/** Drops the keys that were not given. */
const defined = <T extends Record<string, unknown>>(given: T) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
