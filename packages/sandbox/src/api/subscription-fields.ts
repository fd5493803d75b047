import type { SubscriptionFields } from "../engine/subscription-update.js";
import {
  accepted,
  choice,
  clearable,
  either,
  flag,
  hash,
  integer,
  list,
  metadata,
  type Params,
  required,
  text,
} from "./fields.js";

const shared = {
  automatic_tax: accepted(),
  collection_method: choice("charge_automatically"),
  default_payment_method: clearable(text()),
  description: clearable(text()),
  off_session: flag(),
  payment_behavior: choice("allow_incomplete", "default_incomplete", "error_if_incomplete"),
  payment_settings: hash({
    save_default_payment_method: choice("off", "on_subscription"),
    payment_method_options: accepted(),
    payment_method_types: accepted(),
  }),
  metadata: metadata(),
  proration_behavior: choice("always_invoice", "create_prorations", "none"),
  trial_end: either(integer(0), choice("now")),
  trial_settings: hash({
    end_behavior: required(
      hash({ missing_payment_method: required(choice("cancel", "create_invoice", "pause")) }),
    ),
  }),
};

export const createFields = {
  ...shared,
  billing_mode: accepted(),
  cancel_at: integer(0),
  cancel_at_period_end: flag(),
  currency: accepted(),
  customer: required(text()),
  items: required(list(hash({ metadata: metadata(), price: required(text()), quantity: integer(0) }))),
  trial_end: integer(0),
  trial_period_days: integer(1),
};

const itemChange = {
  deleted: flag(),
  id: text(),
  metadata: metadata(),
  price: text(),
  quantity: integer(0),
};

export const cancellationDetails = () =>
  hash({
    comment: clearable(text()),
    feedback: clearable(
      choice(
        "customer_service",
        "low_quality",
        "missing_features",
        "other",
        "switched_service",
        "too_complex",
        "too_expensive",
        "unused",
      ),
    ),
  });

export const updateFields = {
  ...shared,
  cancel_at: clearable(either(integer(0), choice("min_period_end", "max_period_end"))),
  cancel_at_period_end: flag(),
  cancellation_details: cancellationDetails(),
  items: list(hash(itemChange)),
  proration_date: integer(0),
};

/** What the engine is told of an update. Both ends are the same while all items share a rhythm. */
export const toUpdate = (
  params: Params<typeof updateFields>,
  ends: { min: number; max: number },
): SubscriptionFields => {
  const {
    automatic_tax,
    collection_method,
    payment_settings,
    trial_settings,
    cancel_at,
    trial_end,
    ...rest
  } = params;
  const missing = trial_settings?.end_behavior.missing_payment_method;
  const named = { min_period_end: ends.min, max_period_end: ends.max };
  const at = typeof cancel_at === "string" ? named[cancel_at as keyof typeof named] : cancel_at;
  return {
    ...rest,
    ...(at === undefined ? {} : { cancel_at: at }),
    ...(missing ? { missing_payment_method: missing } : {}),
    ...(trial_end === undefined ? {} : { trial_end: trial_end as number | "now" }),
  };
};
