import type { CheckoutLine } from "./checkout-line.js";
import type { CheckoutMode } from "./new-checkout-session.js";
import type { MissingMethod } from "./new-subscription.js";
import { invalidRequest } from "./stripe-error.js";
import type { LineItem } from "./wire.js";

export type NewCheckoutSession = {
  mode: CheckoutMode;
  success_url: string;
  cancel_url?: string;
  allow_promotion_codes?: boolean;
  client_reference_id?: string;
  currency?: string;
  customer?: string;
  customer_email?: string;
  expires_at?: number;
  line_items?: CheckoutLine[];
  locale?: string;
  metadata?: Record<string, string>;
  payment_intent_data?: {
    metadata?: Record<string, string>;
    setup_future_usage?: "off_session" | "on_session";
  };
  payment_method_collection?: "always" | "if_required";
  setup_intent_data?: { metadata?: Record<string, string> };
  submit_type?: string;
  subscription_data?: {
    description?: string;
    metadata?: Record<string, string>;
    trial_end?: number;
    trial_period_days?: number;
    missing_payment_method?: MissingMethod;
  };
};

/** Refuses addresses that a browser can't follow. */
export const checkUrls = (fields: NewCheckoutSession): void => {
  for (const param of ["success_url", "cancel_url"] as const) {
    const url = fields[param];
    if (url !== undefined && !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ""))
      throw invalidRequest("Not a valid URL", "url_invalid", param);
  }
};

/** Refuses what does not go with the mode. */
export const checkMode = (fields: NewCheckoutSession): void => {
  const lines = fields.line_items ?? [];
  if (fields.mode !== "setup" && lines.length === 0)
    throw invalidRequest("Missing required param: line_items.", "parameter_missing", "line_items");
  if (fields.mode === "setup" && lines.length > 0)
    throw invalidRequest("You can not pass `line_items` in `setup` mode.", undefined, "line_items");
  if (fields.mode !== "subscription" && fields.subscription_data)
    throw invalidRequest(
      "You can not pass `subscription_data` in `payment` mode.",
      undefined,
      "subscription_data",
    );
  if (fields.customer !== undefined && fields.customer_email !== undefined)
    throw invalidRequest(
      "You may only specify one of these parameters: customer, customer_email.",
      "parameters_exclusive",
    );
};

/** Refuses prices that do not go with the mode, or with each other. */
export const checkPrices = (mode: CheckoutMode, lines: LineItem[]): void => {
  const recurring = lines.filter((line) => line.price?.recurring).length;
  if (mode === "subscription" && recurring === 0)
    throw invalidRequest(
      "You must provide at least one recurring price in `subscription` mode when using prices.",
      undefined,
      "line_items",
    );
  if (mode === "subscription" && recurring < lines.length)
    throw invalidRequest(
      "This sandbox bills only recurring prices in `subscription` mode.",
      undefined,
      "line_items",
    );
  if (mode === "payment" && recurring > 0)
    throw invalidRequest(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      undefined,
      "line_items",
    );
  if (new Set(lines.map((line) => line.currency)).size > 1)
    throw invalidRequest("All line items must have the same currency.", undefined, "line_items");
};
