import { type Change, type Form, isForm } from "./change.js";
import { inside, insideEach, rename } from "./edit-form.js";
import {
  toAnchor,
  toClassic,
  toClassicInside,
  toDiscounts,
  toDuration,
  toItemPricing,
  toPreview,
  toPricing,
  toPromotion,
  toRefunds,
  toUiMode,
} from "./older-requests.js";

const changelog = "https://docs.stripe.com/changelog";
const basil = "2025-03-31.basil";
const clover = "2025-09-30.clover";
const endive = "2026-09-30.endive";

const schedules = ["POST /v1/subscription_schedules", "POST /v1/subscription_schedules/:id"];
const upcoming = ["GET /v1/invoices/upcoming", "GET /v1/invoices/upcoming/lines"];
const previews = ["POST /v1/invoices/create_preview", ...upcoming];
const items = ["POST /v1/invoiceitems", "POST /v1/invoiceitems/:id"];
const lines = ["POST /v1/invoices/:id/add_lines", "POST /v1/invoices/:id/update_lines"];
const notes = ["POST /v1/credit_notes", "GET /v1/credit_notes/preview", "GET /v1/credit_notes/preview/lines"];
const sessions = "POST /v1/checkout/sessions";

/** Whether a preview is of a subscription that does not exist yet. */
const ofNew = ({ subscription, subscription_details: details }: Form): boolean =>
  subscription === undefined && isForm(details) && details.items !== undefined;

/** Stripe's changes that people's code meets, the oldest first: a request goes through them in this order. */
export const changes: readonly Change[] = [
  {
    since: "2024-04-10",
    what: "a product's `features` are its `marketing_features`, an invoice's `rendering_options` its `rendering`",
    link: `${changelog}/2024-04-10`,
    requests: [
      {
        endpoints: ["POST /v1/products", "POST /v1/products/:id"],
        toNewer: rename("features", "marketing_features"),
      },
      {
        endpoints: ["POST /v1/invoices", "POST /v1/invoices/:id"],
        toNewer: rename("rendering_options", "rendering"),
      },
    ],
  },
  {
    since: basil,
    what: "`coupon` and `promotion_code` are entries of `discounts`",
    link: `${changelog}/basil/2025-03-31/deprecate-singular-coupon-promotion-code`,
    requests: [
      {
        endpoints: ["POST /v1/subscriptions", "POST /v1/subscriptions/:id", ...previews],
        toNewer: toDiscounts,
      },
      { endpoints: schedules, toNewer: insideEach("phases", toDiscounts) },
    ],
  },
  {
    since: basil,
    what: "an invoice item's and a line's `price` and `unit_amount` are in `pricing`",
    link: `${changelog}/basil/2025-03-31/invoice-pricing-configurations`,
    requests: [
      { endpoints: items, toNewer: toItemPricing },
      { endpoints: lines, toNewer: insideEach("lines", toPricing) },
      { endpoints: ["POST /v1/invoices/:id/lines/:child"], toNewer: toPricing },
    ],
  },
  {
    since: basil,
    what: "an upcoming invoice is a preview",
    link: `${changelog}/basil/2025-03-31/invoice-preview-api-deprecations`,
    requests: [{ endpoints: upcoming, toNewer: toPreview }],
  },
  {
    since: basil,
    what: "a credit note's `refund` is an entry of `refunds`",
    link: `${changelog}/basil/2025-03-31/add-support-for-multiple-partial-payments-on-invoices`,
    requests: [{ endpoints: notes, toNewer: toRefunds }],
  },
  {
    since: basil,
    what: "usage is metered by meters only",
    link: `${changelog}/basil/2025-03-31/deprecate-legacy-usage-based-billing`,
    untranslated: "usage records and metered prices without a meter",
  },
  {
    since: clover,
    what: "a promotion code names its `coupon` in `promotion`",
    link: `${changelog}/clover/2025-09-30/polymorphic-coupon`,
    requests: [{ endpoints: ["POST /v1/promotion_codes"], toNewer: toPromotion }],
  },
  {
    since: clover,
    what: "a phase's `iterations` are its `duration`",
    link: `${changelog}/clover/2025-09-30/remove-iterations`,
    requests: [
      {
        endpoints: schedules,
        toNewer: (given, world) => insideEach("phases", toDuration(world))(given),
      },
    ],
  },
  {
    since: clover,
    what: "a new subscription's `billing_mode` is flexible if none is named",
    link: `${changelog}/clover/2025-09-30/billing-mode-default-flexible`,
    requests: [
      { endpoints: ["POST /v1/subscriptions"], toNewer: toClassic },
      {
        endpoints: ["POST /v1/subscription_schedules"],
        toNewer: (given) => (given.from_subscription === undefined ? toClassic(given) : given),
      },
      { endpoints: ["POST /v1/quotes"], toNewer: toClassicInside("subscription_data", () => true) },
      {
        endpoints: [sessions],
        toNewer: toClassicInside("subscription_data", ({ mode }) => mode === "subscription"),
      },
      { endpoints: previews, toNewer: toClassicInside("subscription_details", ofNew) },
    ],
    untranslated: "the classic billing mode of subscriptions that payment links make",
  },
  {
    since: "2026-03-25.dahlia",
    what: "`ui_mode` `hosted`, `embedded` and `custom` are `hosted_page`, `embedded_page` and `elements`",
    link: `${changelog}/dahlia/2026-03-25/updates-available-checkout-session-ui-modes`,
    requests: [{ endpoints: [sessions], toNewer: toUiMode }],
  },
  {
    since: endive,
    what: "`payment_method_types` are `allowed_payment_method_types`",
    link: `${changelog}/endive/2026-09-30/remove-payment-method-types-checkout-sessions`,
    requests: [
      {
        endpoints: [
          sessions,
          "POST /v1/payment_intents",
          "POST /v1/payment_intents/:id",
          "POST /v1/payment_intents/:id/confirm",
          "POST /v1/setup_intents",
          "POST /v1/setup_intents/:id",
        ],
        unversioned: [sessions],
        toNewer: rename("payment_method_types", "allowed_payment_method_types"),
      },
    ],
  },
  {
    since: endive,
    what: "`billing_cycle_anchor` of a change is an object",
    link: `${changelog}/endive/2026-09-30/polymorphic-billing-cycle-anchor`,
    requests: [
      { endpoints: ["POST /v1/subscriptions/:id", "POST /v1/subscriptions/:id/resume"], toNewer: toAnchor },
      { endpoints: previews, toNewer: inside("subscription_details", toAnchor) },
    ],
  },
];
