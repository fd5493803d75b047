import { checkItems, type ItemChange } from "./change-items.js";
import { type Context, seconds } from "./context.js";
import { need } from "./find.js";
import type { MetadataChange } from "./metadata.js";
import type { MissingMethod } from "./new-subscription.js";
import { invalidRequest } from "./stripe-error.js";
import type { Subscription } from "./wire.js";
import type { World } from "./world.js";

export type ProrationBehavior = "always_invoice" | "create_prorations" | "none";

export type SubscriptionFields = {
  cancel_at?: number | null;
  cancel_at_period_end?: boolean;
  cancellation_details?: { comment?: string | null; feedback?: string | null };
  default_payment_method?: string | null;
  description?: string | null;
  items?: ItemChange[];
  metadata?: MetadataChange;
  missing_payment_method?: MissingMethod;
  payment_behavior?: "allow_incomplete" | "default_incomplete" | "error_if_incomplete";
  off_session?: boolean;
  proration_behavior?: ProrationBehavior;
  /** The moment to prorate from, in seconds. */
  proration_date?: number;
  /** Seconds since 1970, or "now". */
  trial_end?: number | "now";
};

/** Refuses an update that can't be, before anything has changed. */
export const checkUpdate = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  fields: SubscriptionFields,
): void => {
  if (fields.cancel_at != null && fields.cancel_at_period_end)
    throw invalidRequest(
      "You may only specify one of these parameters: cancel_at, cancel_at_period_end.",
      "parameters_exclusive",
    );
  if (fields.default_payment_method) {
    const method = need(
      world.paymentMethods,
      "PaymentMethod",
      fields.default_payment_method,
      "default_payment_method",
    );
    if (method.customer !== subscription.customer)
      throw invalidRequest(
        "The payment method must be attached to the customer.",
        "resource_missing",
        "default_payment_method",
      );
  }
  if (fields.cancel_at != null && fields.cancel_at <= seconds(ctx))
    throw invalidRequest("The `cancel_at` date must be in the future.", undefined, "cancel_at");
  if (typeof fields.trial_end === "number" && fields.trial_end <= seconds(ctx))
    throw invalidRequest(
      "Invalid timestamp: must be an integer Unix timestamp in the future.",
      undefined,
      "trial_end",
    );
  if (fields.items) checkItems(world, subscription, fields.items);
};
