import type Stripe from "stripe";
import { type Context, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { need } from "../world/find.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Given, PortalConfiguration } from "../world/wire.js";
import type { World } from "../world/world.js";
import { checkFeatures } from "./check-portal-features.js";
import {
  defaultFeatures,
  type Features,
  type GivenFeatures,
  noFeatures,
  writeFeatures,
} from "./portal-features.js";

type Profile = {
  headline?: string | null;
  privacy_policy_url?: string | null;
  terms_of_service_url?: string | null;
};

export type ConfigurationFields = {
  active?: boolean;
  business_profile?: Profile;
  default_return_url?: string | null;
  features?: GivenFeatures;
  login_page?: { enabled: boolean };
  metadata?: MetadataChange;
  name?: string | null;
};

export type NewConfiguration = Omit<
  Given<Stripe.BillingPortal.ConfigurationCreateParams>,
  "expand" | "metadata"
> & {
  metadata?: MetadataChange;
};

const checkUrl = (url: string | null | undefined, param: string): void => {
  if (url && !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ""))
    throw invalidRequest("Not a valid URL", "url_invalid", param);
};

const write = (draft: PortalConfiguration, ctx: Context, fields: ConfigurationFields): void => {
  const { business_profile: profile, login_page: login } = fields;
  if (fields.active !== undefined) draft.active = fields.active;
  for (const key of ["headline", "privacy_policy_url", "terms_of_service_url"] as const)
    if (profile?.[key] !== undefined) draft.business_profile[key] = profile[key] || null;
  if (fields.default_return_url !== undefined) draft.default_return_url = fields.default_return_url || null;
  if (fields.features) draft.features = writeFeatures(draft.features, fields.features);
  if (login)
    draft.login_page = {
      enabled: login.enabled,
      url: login.enabled ? `${ctx.baseUrl}/p/login/${draft.id.replace("bpc_", "test_")}` : null,
    };
  draft.metadata = mergeMetadata(draft.metadata ?? {}, fields.metadata);
  if (fields.name !== undefined) draft.name = fields.name || null;
};

const blank = (ctx: Context, features: Features, isDefault: boolean): PortalConfiguration => ({
  id: ctx.ids.id("bpc"),
  object: "billing_portal.configuration",
  active: true,
  application: null,
  business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
  created: seconds(ctx),
  default_return_url: null,
  features,
  is_default: isDefault,
  livemode: false,
  login_page: { enabled: false, url: null },
  metadata: {},
  name: null,
  updated: seconds(ctx),
});

const check = (world: World, earlier: Features, fields: ConfigurationFields): void => {
  const { features } = fields;
  if (features) checkFeatures(world, features, { earlier, merged: writeFeatures(earlier, features) });
  checkUrl(fields.default_return_url, "default_return_url");
  checkUrl(fields.business_profile?.privacy_policy_url, "business_profile[privacy_policy_url]");
  checkUrl(fields.business_profile?.terms_of_service_url, "business_profile[terms_of_service_url]");
};

/** Adds a configuration; a feature that it leaves out is off. */
export const createConfiguration = (
  world: World,
  ctx: Context,
  fields: NewConfiguration,
): PortalConfiguration => {
  check(world, noFeatures(), fields as ConfigurationFields);
  const configuration = blank(ctx, noFeatures(), false);
  write(configuration, ctx, fields as ConfigurationFields);
  world.portalConfigurations[configuration.id] = configuration;
  emit(world, ctx, "billing_portal.configuration.created", configuration);
  return configuration;
};

/** Changes a configuration; sessions that use it follow. */
export const updateConfiguration = (
  world: World,
  ctx: Context,
  id: string,
  fields: ConfigurationFields,
): PortalConfiguration => {
  const configuration = need(world.portalConfigurations, "configuration", id);
  check(world, configuration.features, fields);
  if (fields.active === false && configuration.is_default)
    throw invalidRequest("You cannot deactivate the default configuration.", undefined, "active");
  return change(world, ctx, "billing_portal.configuration.updated", configuration, (draft) => {
    write(draft, ctx, fields);
    draft.updated = seconds(ctx);
  });
};

/** The account's default configuration, which sessions use that name none. */
export const findDefaultConfiguration = (world: World): PortalConfiguration | undefined =>
  Object.values(world.portalConfigurations).find((configuration) => configuration.is_default);

/** The default configuration as the dashboard offers it, before anybody saves it. */
export const draftDefaultConfiguration = (ctx: Context): PortalConfiguration =>
  blank(ctx, defaultFeatures(), true);

/** Makes the default configuration, as if somebody had saved the dashboard's settings as they found them. */
export const saveDefaultConfiguration = (
  world: World,
  ctx: Context,
  draft: PortalConfiguration = draftDefaultConfiguration(ctx),
): PortalConfiguration => {
  const known = findDefaultConfiguration(world);
  if (known) return known;
  world.portalConfigurations[draft.id] = draft;
  emit(world, ctx, "billing_portal.configuration.created", draft);
  return draft;
};
