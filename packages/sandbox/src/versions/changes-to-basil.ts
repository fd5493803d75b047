import { aggregateOf } from "../engine/usage/usage-record.js";
import type { Change } from "./change.js";
import { insideEach, rename } from "./edit-form.js";
import { previews, schedules, upcoming } from "./endpoints.js";
import {
  invoiceDiscount,
  invoiceOfCharge,
  invoiceOfIntent,
  invoiceOrigin,
  invoicePayment,
  invoiceTaxes,
  noteRefund,
  noteTaxes,
} from "./older-invoices.js";
import { itemPrice, lineOrigin, linePrice, lineTaxes, noteLineTaxes } from "./older-lines.js";
import { toDiscounts, toItemPricing, toPreview, toPricing, toRefunds } from "./older-requests.js";
import { discountOf, periodOf, phaseCoupons } from "./older-subscriptions.js";

const changelog = "https://docs.stripe.com/changelog";
const basil = "2025-03-31.basil";

const items = ["POST /v1/invoiceitems", "POST /v1/invoiceitems/:id"];
const lines = ["POST /v1/invoices/:id/add_lines", "POST /v1/invoices/:id/update_lines"];
const notes = ["POST /v1/credit_notes", "GET /v1/credit_notes/preview", "GET /v1/credit_notes/preview/lines"];

/** What changed until basil. */
export const changesToBasil: readonly Change[] = [
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
    answers: {
      product: ({ marketing_features }) => ({ features: marketing_features }),
      invoice: ({ rendering }) => ({
        rendering_options: rendering && { amount_tax_display: rendering.amount_tax_display },
      }),
    },
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
    answers: {
      subscription: discountOf,
      subscription_schedule: phaseCoupons,
      invoice: invoiceDiscount,
    },
    expands: ["discount", "coupon"],
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
    answers: { line_item: linePrice, invoiceitem: itemPrice },
    expands: ["price", "plan"],
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
    answers: { credit_note: noteRefund },
    expands: ["refund"],
  },
  {
    since: basil,
    what: "a subscription's current period is in its items",
    link: `${changelog}/basil/2025-03-31/deprecate-subscription-current-period-start-and-end`,
    answers: { subscription: periodOf },
  },
  {
    since: basil,
    what: "an invoice and its lines name what they are for in `parent`",
    link: `${changelog}/basil/2025-03-31/adds-new-parent-field-to-invoicing-objects`,
    answers: { invoice: invoiceOrigin, line_item: lineOrigin },
    expands: ["subscription", "quote", "invoice_item", "subscription_item"],
  },
  {
    since: basil,
    what: "an invoice's `payment_intent`, `charge` and `paid` are in its `payments`",
    link: `${changelog}/basil/2025-03-31/add-support-for-multiple-partial-payments-on-invoices`,
    answers: { invoice: invoicePayment, payment_intent: invoiceOfIntent, charge: invoiceOfCharge },
    expands: ["payment_intent", "charge", "invoice"],
    events: ["invoice.overpaid"],
  },
  {
    since: basil,
    what: "taxes are in `taxes` and `total_taxes`",
    link: `${changelog}/basil/2025-03-31/invoice-tax-configurations`,
    answers: {
      invoice: invoiceTaxes,
      line_item: lineTaxes,
      credit_note: noteTaxes,
      credit_note_line_item: noteLineTaxes,
    },
    expands: ["total_tax_amounts", "tax_amounts"],
  },
  {
    since: basil,
    what: "a checkout session's `shipping_details` are in its `collected_information`",
    link: `${changelog}/basil/2025-03-31/checkout-session-remove-shipping-details`,
    answers: {
      "checkout.session": ({ collected_information: collected }) => ({
        shipping_details: collected?.shipping_details ?? null,
      }),
    },
  },
  {
    since: basil,
    what: "usage is metered by meters only",
    link: `${changelog}/basil/2025-03-31/deprecate-legacy-usage-based-billing`,
    answers: {
      plan: ({ id }, world) => ({ aggregate_usage: aggregateOf(world, { id }) ?? null }),
      price: ({ id, recurring }, world) => ({
        recurring: recurring && { ...recurring, aggregate_usage: aggregateOf(world, { id }) ?? null },
      }),
    },
  },
];
