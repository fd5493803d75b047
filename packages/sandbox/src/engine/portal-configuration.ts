import { type Context, seconds } from "./context.js";
import type { PortalConfiguration } from "./wire.js";
import type { World } from "./world.js";

export type Features = PortalConfiguration["features"];

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

/** What a portal offers unless a configuration says otherwise. */
export const defaultFeatures = (): Features => ({
  customer_update: { allowed_updates: ["email", "name"], enabled: false },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: reasons },
    enabled: true,
    mode: "at_period_end",
    proration_behavior: "none",
  },
  subscription_pause: { duration: { interval_options: [], type: "indefinite" }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: "unchanged",
    default_allowed_updates: ["price", "quantity"],
    enabled: true,
    products: null,
    proration_behavior: "always_invoice",
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: "continue_trial",
  },
});

export type NewConfiguration = {
  features: Features;
  isDefault: boolean;
  businessProfile?: Partial<PortalConfiguration["business_profile"]>;
  defaultReturnUrl?: string | null;
  metadata?: Record<string, string>;
  name?: string | null;
};

/** Adds a configuration. */
export const createConfiguration = (
  world: World,
  ctx: Context,
  fields: NewConfiguration,
): PortalConfiguration => {
  const configuration: PortalConfiguration = {
    id: ctx.ids.id("bpc"),
    object: "billing_portal.configuration",
    active: true,
    application: null,
    business_profile: {
      headline: null,
      privacy_policy_url: null,
      terms_of_service_url: null,
      ...fields.businessProfile,
    },
    created: seconds(ctx),
    default_return_url: fields.defaultReturnUrl ?? null,
    features: fields.features,
    is_default: fields.isDefault,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: fields.metadata ?? {},
    name: fields.name ?? null,
    updated: seconds(ctx),
  };
  world.portalConfigurations[configuration.id] = configuration;
  return configuration;
};

/** The account's default configuration, made when it is first needed. */
export const ensureDefaultConfiguration = (world: World, ctx: Context): PortalConfiguration =>
  Object.values(world.portalConfigurations).find((configuration) => configuration.is_default) ??
  createConfiguration(world, ctx, { features: defaultFeatures(), isDefault: true });
