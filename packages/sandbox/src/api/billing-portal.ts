import { need, newestFirst } from "../engine/find.js";
import { createConfiguration, defaultFeatures, type Features } from "../engine/portal-configuration.js";
import { createPortalSession } from "../engine/portal-session.js";
import { invalidRequest } from "../engine/stripe-error.js";
import {
  accepted,
  choice,
  clearable,
  flag,
  hash,
  integer,
  list,
  metadata,
  type Params,
  pagination,
  required,
  text,
} from "./fields.js";
import { pageOf } from "./page-of.js";
import { ownRoute } from "./route.js";

const flowData = hash({
  after_completion: hash({
    hosted_confirmation: hash({ custom_message: text() }),
    redirect: hash({ return_url: required(text()) }),
    type: required(choice("hosted_confirmation", "portal_homepage", "redirect")),
  }),
  subscription_cancel: hash({ subscription: required(text()) }),
  subscription_update: hash({ subscription: required(text()) }),
  subscription_update_confirm: hash({
    items: required(list(hash({ id: required(text()), price: text(), quantity: integer(1) }))),
    subscription: required(text()),
  }),
  type: required(
    choice(
      "payment_method_update",
      "subscription_cancel",
      "subscription_update",
      "subscription_update_confirm",
    ),
  ),
});

const enabled = { enabled: flag() };
const proration = choice("always_invoice", "create_prorations", "none");

const features = {
  customer_update: accepted(),
  invoice_history: hash(enabled),
  payment_method_update: hash(enabled),
  subscription_cancel: hash({
    ...enabled,
    cancellation_reason: accepted(),
    mode: choice("at_period_end"),
    proration_behavior: choice("none"),
  }),
  subscription_update: hash({
    ...enabled,
    default_allowed_updates: clearable(list(choice("price", "promotion_code", "quantity"))),
    products: clearable(list(hash({ prices: required(list(text())), product: required(text()) }))),
    proration_behavior: proration,
  }),
};

/** A feature that a configuration leaves out is off; one it names is on with Stripe's defaults. */
const featuresOf = (given: Params<typeof features>): Features => {
  const base = defaultFeatures();
  const { subscription_cancel: cancel, subscription_update: update } = given;
  return {
    ...base,
    invoice_history: { enabled: given.invoice_history?.enabled ?? false },
    payment_method_update: {
      ...base.payment_method_update,
      enabled: given.payment_method_update?.enabled ?? false,
    },
    subscription_cancel: { ...base.subscription_cancel, enabled: cancel?.enabled ?? false },
    subscription_update: {
      ...base.subscription_update,
      default_allowed_updates: update?.default_allowed_updates ?? [],
      enabled: update?.enabled ?? false,
      products:
        update?.products?.map((product) => ({
          ...product,
          adjustable_quantity: { enabled: false, maximum: null, minimum: 1 },
        })) ?? null,
      proration_behavior: update?.proration_behavior ?? "none",
    },
  };
};

const returnUrl = (url: string | undefined): void => {
  if (url !== undefined && !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ""))
    throw invalidRequest("Not a valid URL", "url_invalid", "return_url");
};

/** `/v1/billing_portal` */
export const billingPortalRoutes = [
  ownRoute(
    "POST",
    "/v1/billing_portal/sessions",
    {
      configuration: text(),
      customer: required(text()),
      flow_data: flowData,
      locale: text(),
      return_url: text(),
    },
    ({ world, ctx, params }) => {
      returnUrl(params.return_url);
      return createPortalSession(world, ctx, params);
    },
  ),
  ownRoute(
    "POST",
    "/v1/billing_portal/configurations",
    {
      business_profile: hash({ headline: text(), privacy_policy_url: text(), terms_of_service_url: text() }),
      default_return_url: clearable(text()),
      features: required(hash(features)),
      login_page: accepted(),
      metadata: metadata(),
      name: clearable(text()),
    },
    ({ world, ctx, params }) =>
      createConfiguration(world, ctx, {
        features: featuresOf(params.features),
        isDefault: false,
        businessProfile: params.business_profile ?? {},
        defaultReturnUrl: params.default_return_url ?? null,
        metadata: params.metadata ?? {},
        name: params.name ?? null,
      }),
  ),
  ownRoute("GET", "/v1/billing_portal/configurations/:id", {}, ({ world, id }) =>
    need(world.portalConfigurations, "configuration", id),
  ),
  ownRoute(
    "GET",
    "/v1/billing_portal/configurations",
    { ...pagination, active: flag(), is_default: flag() },
    ({ world, params }) => {
      const rows = newestFirst(world.portalConfigurations).filter(
        (row) =>
          (params.active === undefined || row.active === params.active) &&
          (params.is_default === undefined || row.is_default === params.is_default),
      );
      return pageOf(rows, params, "/v1/billing_portal/configurations");
    },
  ),
];
