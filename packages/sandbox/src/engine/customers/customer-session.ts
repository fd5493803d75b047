import type Stripe from "stripe";
import { type Context, seconds } from "../world/context.js";
import { find } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { CustomerSession, Given, PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";
import { needCustomer } from "./customer.js";

type Asked = Given<Stripe.CustomerSessionCreateParams>["components"];
type Components = NonNullable<CustomerSession["components"]>;

/** https://docs.stripe.com/api/customer_sessions/object: a client secret is good for half an hour. */
const lifetime = 1800;

const paymentElementOf = ({ payment_element: asked }: Asked): Components["payment_element"] => {
  if (!asked?.enabled) return { enabled: false, features: null };
  const features = asked.features ?? {};
  return {
    enabled: true,
    features: {
      payment_method_allow_redisplay_filters: features.payment_method_allow_redisplay_filters ?? ["always"],
      payment_method_redisplay: features.payment_method_redisplay ?? "disabled",
      payment_method_redisplay_limit: features.payment_method_redisplay_limit ?? 3,
      payment_method_remove: features.payment_method_remove ?? "disabled",
      payment_method_save: features.payment_method_save ?? "disabled",
      payment_method_save_usage: features.payment_method_save_usage ?? null,
    },
  };
};

const mobileOf = ({ mobile_payment_element: asked }: Asked): Components["mobile_payment_element"] => {
  if (!asked?.enabled) return { enabled: false, features: null };
  const features = asked.features ?? {};
  return {
    enabled: true,
    features: {
      payment_method_allow_redisplay_filters: features.payment_method_allow_redisplay_filters ?? ["always"],
      payment_method_redisplay: features.payment_method_redisplay ?? null,
      payment_method_remove: features.payment_method_remove ?? null,
      payment_method_save: features.payment_method_save ?? null,
      payment_method_save_allow_redisplay_override:
        features.payment_method_save_allow_redisplay_override ?? null,
    },
  };
};

const sheetOf = ({ customer_sheet: asked }: Asked): Components["customer_sheet"] => {
  if (!asked?.enabled) return { enabled: false, features: null };
  return {
    enabled: true,
    features: {
      payment_method_allow_redisplay_filters: asked.features?.payment_method_allow_redisplay_filters ?? [
        "always",
      ],
      payment_method_remove: asked.features?.payment_method_remove ?? null,
    },
  };
};

const checkComponents = (asked: Asked): void => {
  if (!Object.values(asked).some((component) => component?.enabled))
    throw invalidRequest(
      "You must enable at least one component to create a Customer Session.",
      undefined,
      "components",
    );
  const limit = asked.payment_element?.features?.payment_method_redisplay_limit;
  if (limit !== undefined && (limit < 1 || limit > 10))
    throw invalidRequest(
      "This value must be between 1 and 10.",
      "parameter_invalid_integer",
      "components[payment_element][features][payment_method_redisplay_limit]",
    );
  const features = asked.payment_element?.features;
  if (features?.payment_method_save_usage && features.payment_method_save !== "enabled")
    throw invalidRequest(
      "`payment_method_save_usage` can only be set when `payment_method_save` is enabled.",
      undefined,
      "components[payment_element][features][payment_method_save_usage]",
    );
};

/** Lets a browser see and use some of what a customer has saved, for half an hour. */
export const createCustomerSession = (
  world: World,
  given: Context,
  fields: { customer: string; components: Asked },
): CustomerSession => {
  checkComponents(fields.components);
  needCustomer(world, fields.customer);
  const ctx = atCustomer(world, given, fields.customer);
  const { components } = fields;
  const session: CustomerSession = {
    object: "customer_session",
    client_secret: `cuss_secret_${ctx.ids.secret(38)}`,
    components: {
      active_entitlements: { enabled: components.active_entitlements?.enabled ?? false },
      buy_button: { enabled: components.buy_button?.enabled ?? false },
      customer_portal: { enabled: components.customer_portal?.enabled ?? false },
      customer_sheet: sheetOf(components),
      mobile_payment_element: mobileOf(components),
      payment_element: paymentElementOf(components),
      pricing_table: { enabled: components.pricing_table?.enabled ?? false },
    },
    created: seconds(ctx),
    customer: fields.customer,
    customer_account: null,
    expires_at: seconds(ctx) + lifetime,
    livemode: false,
  };
  world.hidden.customerSessions[session.client_secret] = session;
  return session;
};

/** The session behind a client secret, or Stripe's refusal of one that is wrong or too old. */
export const needCustomerSession = (world: World, ctx: Context, clientSecret: string): CustomerSession => {
  const session = find(world.hidden.customerSessions, clientSecret);
  if (!session)
    throw invalidRequest(
      "The customer_session_client_secret provided does not match any customer session on this account.",
      "resource_missing",
      "customer_session_client_secret",
    );
  const now = seconds(atCustomer(world, ctx, session.customer as string));
  if (now < session.expires_at) return session;
  throw invalidRequest(
    "The customer session has expired. Create a new one and use its client secret.",
    "customer_session_expired",
    "customer_session_client_secret",
  );
};

const redisplayed = new Set(["card", "sepa_debit", "us_bank_account"]);

/** What a PaymentElement may offer again, the newest first. */
export const redisplayedMethods = (world: World, session: CustomerSession): PaymentMethod[] => {
  const features = session.components?.payment_element.features;
  if (features?.payment_method_redisplay !== "enabled") return [];
  const filters: readonly string[] = features.payment_method_allow_redisplay_filters;
  return Object.values(world.paymentMethods)
    .filter(
      (method) =>
        method.customer === session.customer &&
        redisplayed.has(method.type) &&
        !method.id.startsWith("card_") &&
        filters.includes(method.allow_redisplay ?? "unspecified"),
    )
    .reverse()
    .slice(0, features.payment_method_redisplay_limit ?? 3);
};
