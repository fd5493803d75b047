import type Stripe from "stripe";
import type { Given, PortalConfiguration } from "../world/wire.js";

export type Features = PortalConfiguration["features"];
export type GivenFeatures = Given<Stripe.BillingPortal.ConfigurationUpdateParams.Features>;

const reasons = [
  "too_expensive",
  "missing_features",
  "switched_service",
  "unused",
  "customer_service",
  "too_complex",
  "low_quality",
  "other",
];

/**
 * What a request's features are written over: what it leaves out has the default that the SDK's declarations
 * give (`Configuration.Features`), and a feature that it leaves out is off.
 */
export const noFeatures = (): Features => ({
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: reasons },
    enabled: false,
    mode: "at_period_end",
    proration_behavior: "none",
  },
  subscription_pause: {
    duration: {
      interval_options: [{ interval: "month", interval_count: 1 }],
      type: "interval_options",
    },
    enabled: false,
  },
  subscription_update: {
    billing_cycle_anchor: "unchanged",
    default_allowed_updates: [],
    enabled: false,
    products: null,
    proration_behavior: "none",
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: "end_trial",
  },
});

/**
 * What the dashboard's settings offer before anybody changes them
 * (https://docs.stripe.com/customer-management/configure-portal): no switch of plan or quantity.
 */
export const defaultFeatures = (): Features => {
  const base = noFeatures();
  return {
    ...base,
    customer_update: { allowed_updates: ["name", "email", "address", "phone"], enabled: true },
    invoice_history: { enabled: true },
    payment_method_update: { ...base.payment_method_update, enabled: true },
    subscription_cancel: {
      ...base.subscription_cancel,
      cancellation_reason: { ...base.subscription_cancel.cancellation_reason, enabled: true },
      enabled: true,
    },
  };
};

const cancelOf = (
  earlier: Features["subscription_cancel"],
  given: GivenFeatures["subscription_cancel"],
): Features["subscription_cancel"] => {
  const reason = given?.cancellation_reason;
  return {
    cancellation_reason: {
      enabled: reason?.enabled ?? earlier.cancellation_reason.enabled,
      feedback_options:
        reason?.feedback_options === undefined
          ? earlier.cancellation_reason.feedback_options
          : reason.feedback_options && [...reason.feedback_options],
      options: reason?.options === null ? [] : [...(reason?.options ?? earlier.cancellation_reason.options)],
    },
    enabled: given?.enabled ?? earlier.enabled,
    mode: given?.mode ?? earlier.mode,
    proration_behavior: given?.proration_behavior ?? earlier.proration_behavior,
  };
};

const pauseOf = (
  earlier: Features["subscription_pause"],
  given: GivenFeatures["subscription_pause"],
): Features["subscription_pause"] => {
  const duration = given?.duration;
  return {
    duration: duration
      ? {
          interval_options: (duration.interval_options ?? []).map(({ interval, interval_count = 1 }) => ({
            interval,
            interval_count,
          })),
          type: duration.type,
        }
      : earlier.duration,
    enabled: given?.enabled ?? earlier.enabled,
  };
};

type Update = NonNullable<GivenFeatures["subscription_update"]>;

const productsOf = (given: Update["products"]): NonNullable<Features["subscription_update"]["products"]> =>
  (given ?? []).map(({ product, prices, adjustable_quantity: adjustable }) => ({
    adjustable_quantity: {
      enabled: adjustable?.enabled ?? false,
      maximum: adjustable?.maximum ?? null,
      minimum: adjustable?.minimum ?? 1,
    },
    prices: [...prices],
    product,
  }));

const updateOf = (
  earlier: Features["subscription_update"],
  given: Update = {},
): Features["subscription_update"] => {
  const allowed = given.default_allowed_updates;
  const schedule = given.schedule_at_period_end;
  return {
    billing_cycle_anchor: given.billing_cycle_anchor ?? earlier.billing_cycle_anchor,
    default_allowed_updates: allowed === undefined ? earlier.default_allowed_updates : [...(allowed ?? [])],
    enabled: given.enabled ?? earlier.enabled,
    products: given.products === undefined ? (earlier.products ?? null) : productsOf(given.products),
    proration_behavior: given.proration_behavior ?? earlier.proration_behavior,
    schedule_at_period_end: schedule
      ? { conditions: (schedule.conditions ?? []).map(({ type }) => ({ type })) }
      : earlier.schedule_at_period_end,
    trial_update_behavior: given.trial_update_behavior ?? earlier.trial_update_behavior,
  };
};

/** Writes what a request says about the features over what they were. */
export const writeFeatures = (earlier: Features, given: GivenFeatures): Features => {
  const updates = given.customer_update?.allowed_updates;
  return {
    customer_update: {
      allowed_updates: updates === undefined ? earlier.customer_update.allowed_updates : [...(updates ?? [])],
      enabled: given.customer_update?.enabled ?? earlier.customer_update.enabled,
    },
    invoice_history: { enabled: given.invoice_history?.enabled ?? earlier.invoice_history.enabled },
    payment_method_update: {
      ...earlier.payment_method_update,
      enabled: given.payment_method_update?.enabled ?? earlier.payment_method_update.enabled,
    },
    subscription_cancel: cancelOf(earlier.subscription_cancel, given.subscription_cancel),
    subscription_pause: pauseOf(earlier.subscription_pause, given.subscription_pause),
    subscription_update: updateOf(earlier.subscription_update, given.subscription_update),
  };
};
