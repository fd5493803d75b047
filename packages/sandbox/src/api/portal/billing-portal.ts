import { createConfiguration, updateConfiguration } from "../../engine/portal/portal-configuration.js";
import { createPortalSession } from "../../engine/portal/portal-session.js";
import { need } from "../../engine/world/find.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import { newestFirst } from "../../engine/world/table.js";
import { pageOf } from "../answers/page-of.js";
import { route } from "../params/route.js";

const checkUrl = (url: string | undefined, param: string): void => {
  if (url !== undefined && !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ""))
    throw invalidRequest("Not a valid URL", "url_invalid", param);
};

/** What has an effect on a configuration, new or not. */
const shared = [
  "business_profile.headline",
  "business_profile.privacy_policy_url",
  "business_profile.terms_of_service_url",
  "default_return_url",
  "features.customer_update",
  "features.invoice_history",
  "features.payment_method_update.enabled",
  "features.subscription_cancel.cancellation_reason.enabled",
  "features.subscription_cancel.cancellation_reason.feedback_options",
  "features.subscription_cancel.cancellation_reason.options",
  "features.subscription_cancel.enabled",
  "features.subscription_cancel.mode",
  "features.subscription_cancel.proration_behavior",
  "features.subscription_pause.enabled",
  "features.subscription_update",
  "metadata",
  "name",
] as const;

/** `/v1/billing_portal` */
export const billingPortalRoutes = [
  route(
    "POST /v1/billing_portal/sessions",
    ["configuration", "customer", "flow_data", "locale", "return_url"],
    ({ world, ctx, params }) => {
      const { customer, ...rest } = params;
      if (customer === undefined)
        throw invalidRequest("Missing required param: customer.", "parameter_missing", "customer");
      checkUrl(params.return_url, "return_url");
      const after = params.flow_data?.after_completion?.redirect?.return_url;
      checkUrl(after, "flow_data[after_completion][redirect][return_url]");
      return createPortalSession(world, ctx, { ...rest, customer });
    },
  ),
  route("POST /v1/billing_portal/configurations", [...shared, "login_page"], ({ world, ctx, params }) =>
    createConfiguration(world, ctx, params),
  ),
  route("GET /v1/billing_portal/configurations/:id", [], ({ world, id }) =>
    need(world.portalConfigurations, "configuration", id),
  ),
  route(
    "POST /v1/billing_portal/configurations/:id",
    [...shared, "active", "login_page"],
    ({ world, ctx, id, params }) => updateConfiguration(world, ctx, id, params),
  ),
  route(
    "GET /v1/billing_portal/configurations",
    ["active", "ending_before", "is_default", "limit", "starting_after"],
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
