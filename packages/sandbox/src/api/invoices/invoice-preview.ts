import { previewInvoice } from "../../engine/preview/preview-invoice.js";
import { route } from "../params/route.js";

const details = "subscription_details";

/** `/v1/invoices/create_preview` */
export const invoicePreviewRoutes = [
  route(
    "POST /v1/invoices/create_preview",
    [
      "automatic_tax.enabled",
      "currency",
      "customer",
      "customer_details.address",
      "customer_details.shipping",
      "customer_details.tax_exempt",
      "customer_details.tax_ids",
      "discounts",
      "invoice_items",
      "preview_mode",
      "schedule",
      "subscription",
      `${details}.billing_cycle_anchor`,
      `${details}.billing_mode`,
      `${details}.cancel_at`,
      `${details}.cancel_at_period_end`,
      `${details}.cancel_now`,
      `${details}.default_tax_rates`,
      `${details}.items`,
      `${details}.pause`,
      `${details}.proration_behavior`,
      `${details}.proration_date`,
      `${details}.resume_at`,
      `${details}.start_date`,
      `${details}.trial_end`,
    ],
    ({ world, ctx, params }) => previewInvoice(world, ctx, params),
  ),
];
