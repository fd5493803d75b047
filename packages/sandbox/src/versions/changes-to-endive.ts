import { type Change, type Form, isForm } from "./change.js";
import { inside, insideEach, rename } from "./edit-form.js";
import { previews, schedules } from "./endpoints.js";
import {
  fromUiMode,
  toAnchor,
  toClassic,
  toClassicInside,
  toDuration,
  toPromotion,
  toUiMode,
} from "./older-requests.js";
import { couponOfCode, couponOfDiscount } from "./older-subscriptions.js";

const changelog = "https://docs.stripe.com/changelog";
const clover = "2025-09-30.clover";
const endive = "2026-09-30.endive";

const sessions = "POST /v1/checkout/sessions";

/** Whether a preview is of a subscription that does not exist yet. */
const ofNew = ({ subscription, subscription_details: details }: Form): boolean =>
  subscription === undefined && isForm(details) && details.items !== undefined;

/** What changed from clover to endive. */
export const changesToEndive: readonly Change[] = [
  {
    since: "2025-05-28.basil",
    what: "a payment of an invoice has an event of its own",
    link: `${changelog}/basil/2025-05-28`,
    events: ["invoice_payment.paid"],
  },
  {
    since: clover,
    what: "a promotion code names its `coupon` in `promotion`",
    link: `${changelog}/clover/2025-09-30/polymorphic-coupon`,
    requests: [{ endpoints: ["POST /v1/promotion_codes"], toNewer: toPromotion }],
    answers: { promotion_code: couponOfCode },
    expands: ["coupon"],
  },
  {
    since: clover,
    what: "a customer has no `coupon` or `promotion_code` of its own",
    link: `${changelog}/clover`,
    // The endpoints themselves take a `coupon` from these versions, and know a promotion code by its id.
    requests: [
      {
        endpoints: ["POST /v1/customers", "POST /v1/customers/:id"],
        toNewer: rename("promotion_code", "coupon"),
      },
    ],
  },
  {
    since: clover,
    what: "a discount names its `coupon` in `source`",
    link: `${changelog}/clover/2025-09-30/add-discount-source-property`,
    answers: { discount: couponOfDiscount },
    expands: ["coupon"],
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
  },
  {
    since: "2025-10-29.clover",
    what: "an invoice that its customer has to try to pay says so",
    link: `${changelog}/clover/2025-10-29`,
    events: ["invoice.payment_attempt_required"],
  },
  {
    since: "2026-03-25.dahlia",
    what: "`ui_mode` `hosted`, `embedded` and `custom` are `hosted_page`, `embedded_page` and `elements`",
    link: `${changelog}/dahlia/2026-03-25/updates-available-checkout-session-ui-modes`,
    requests: [{ endpoints: [sessions], toNewer: toUiMode }],
    answers: { "checkout.session": ({ ui_mode }) => fromUiMode({ ui_mode }) },
  },
  {
    since: "2026-08-26.dahlia",
    what: "what a cancelled subscription can't change is refused by a code",
    link: `${changelog}/dahlia/2026-08-26`,
    codes: ["invalid_canceled_subscription_fields"],
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
