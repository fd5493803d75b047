import { invalidRequest, type StripeError } from "../../world/stripe-error.js";
import type { CheckoutOrder } from "../terms/checkout-order.js";

const required = (param: string): StripeError =>
  invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);

/** What the elements of an app's own page leave to that page. */
const notWithElements = [
  "after_expiration",
  "branding_settings",
  "custom_fields",
  "custom_text",
  "optional_items",
  "origin_context",
  "submit_type",
] as const;

const checkAddress = (order: CheckoutOrder, param: "cancel_url" | "return_url" | "success_url"): void => {
  const url = order[param];
  if (url !== undefined && !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ""))
    throw invalidRequest("Not a valid URL", "url_invalid", param);
};

const checkHosted = (order: CheckoutOrder): void => {
  for (const param of ["return_url", "redirect_on_completion"] as const)
    if (order[param] !== undefined)
      throw invalidRequest(
        `You can not pass \`${param}\` when \`ui_mode\` is \`hosted_page\`.`,
        undefined,
        param,
      );
  if (order.success_url === undefined) throw required("success_url");
};

/** Pages inside the app return to it at `return_url`, and never by themselves if told so. */
const checkInside = (order: CheckoutOrder, mode: "elements" | "embedded_page" | "form"): void => {
  for (const param of ["success_url", "cancel_url"] as const)
    if (order[param] !== undefined && mode !== "form")
      throw invalidRequest(
        `You can not pass \`${param}\` when \`ui_mode\` is \`${mode}\`. Use \`return_url\` instead.`,
        undefined,
        param,
      );
  if (order.redirect_on_completion !== undefined && mode !== "embedded_page")
    throw invalidRequest(
      "`redirect_on_completion` can only be set when `ui_mode` is `embedded_page`.",
      undefined,
      "redirect_on_completion",
    );
  const stays = order.redirect_on_completion === "never";
  if (stays && order.return_url !== undefined)
    throw invalidRequest(
      "You can not pass `return_url` when `redirect_on_completion` is `never`.",
      undefined,
      "return_url",
    );
  if (mode === "embedded_page" && !stays && order.return_url === undefined) throw required("return_url");
};

/**
 * Refuses what does not go with where the session is shown.
 * https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-ui_mode
 */
export const checkUi = (order: CheckoutOrder): void => {
  const mode = order.ui_mode ?? "hosted_page";
  if (mode === "hosted_page") checkHosted(order);
  else checkInside(order, mode);
  if (mode === "elements")
    for (const param of notWithElements)
      if (order[param] !== undefined)
        throw invalidRequest(
          `You can not pass \`${param}\` when \`ui_mode\` is \`elements\`.`,
          undefined,
          param,
        );
  if (order.permissions !== undefined && mode === "hosted_page")
    throw invalidRequest(
      "`permissions` can only be set when `ui_mode` is `embedded_page` or `elements`.",
      undefined,
      "permissions",
    );
  for (const param of ["success_url", "cancel_url", "return_url"] as const) checkAddress(order, param);
};
