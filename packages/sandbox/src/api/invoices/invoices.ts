import { attachPayment } from "../../engine/collection/attach-payment.js";
import { deleteDraft, finalizeNow, sendInvoice } from "../../engine/collection/finalize-now.js";
import { payInvoiceNow } from "../../engine/collection/pay-invoice-now.js";
import { voidNow, writeOffInvoice } from "../../engine/collection/write-off-invoice.js";
import { addLines } from "../../engine/invoices/items/add-lines.js";
import { removeLines } from "../../engine/invoices/items/remove-lines.js";
import { updateLine, updateLines } from "../../engine/invoices/items/update-lines.js";
import { draftInvoice } from "../../engine/invoices/making/draft-invoice.js";
import { needInvoice } from "../../engine/invoices/making/invoice.js";
import { updateInvoice } from "../../engine/invoices/making/update-invoice.js";
import { ownedBy } from "../../engine/world/owned-rows.js";
import { deleted } from "../answers/lookup.js";
import { pageOf, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

const details = [
  "auto_advance",
  "automatic_tax.enabled",
  "automatically_finalizes_at",
  "collection_method",
  "custom_fields",
  "days_until_due",
  "default_payment_method",
  "default_source",
  "default_tax_rates",
  "description",
  "discounts",
  "due_date",
  "effective_at",
  "footer",
  "metadata",
  "number",
  "rendering.amount_tax_display",
  "rendering.pdf",
  "shipping_details",
  "statement_descriptor",
] as const;

const line = [
  "lines.amount",
  "lines.description",
  "lines.discountable",
  "lines.discounts",
  "lines.metadata",
  "lines.period",
  "lines.price_data",
  "lines.pricing",
  "lines.quantity",
  "lines.quantity_decimal",
  "lines.tax_rates",
] as const;

/** `/v1/invoices` */
export const invoiceRoutes = [
  route(
    "POST /v1/invoices",
    [...details, "currency", "customer", "from_invoice", "pending_invoice_items_behavior", "subscription"],
    ({ world, ctx, params }) => draftInvoice(world, ctx, params),
  ),
  route("GET /v1/invoices/:id", [], ({ world, id }) => needInvoice(world, id, "invoice")),
  route("POST /v1/invoices/:id", details, ({ world, ctx, id, params }) =>
    updateInvoice(world, ctx, needInvoice(world, id), params),
  ),
  route("DELETE /v1/invoices/:id", [], ({ world, ctx, id }) => {
    deleteDraft(world, ctx, needInvoice(world, id, "invoice"));
    return deleted("invoice", id);
  }),
  route(
    "POST /v1/invoices/:id/pay",
    ["off_session", "paid_out_of_band", "payment_method"],
    ({ world, ctx, id, params }) => payInvoiceNow(world, ctx, needInvoice(world, id), params),
  ),
  route("POST /v1/invoices/:id/finalize", ["auto_advance"], ({ world, ctx, id, params }) =>
    finalizeNow(world, ctx, needInvoice(world, id), { advance: params.auto_advance }),
  ),
  route("POST /v1/invoices/:id/send", [], ({ world, ctx, id }) =>
    sendInvoice(world, ctx, needInvoice(world, id, "invoice")),
  ),
  route("POST /v1/invoices/:id/void", [], ({ world, ctx, id }) =>
    voidNow(world, ctx, needInvoice(world, id)),
  ),
  route("POST /v1/invoices/:id/mark_uncollectible", [], ({ world, ctx, id }) =>
    writeOffInvoice(world, ctx, needInvoice(world, id)),
  ),
  route("POST /v1/invoices/:id/attach_payment", ["payment_intent"], ({ world, ctx, id, params }) =>
    attachPayment(world, ctx, needInvoice(world, id), params.payment_intent),
  ),
  route("POST /v1/invoices/:id/add_lines", [...line, "lines.invoice_item"], ({ world, ctx, id, params }) =>
    addLines(world, ctx, needInvoice(world, id, "invoice"), params.lines),
  ),
  route("POST /v1/invoices/:id/update_lines", [...line, "lines.id"], ({ world, ctx, id, params }) =>
    updateLines(world, ctx, needInvoice(world, id, "invoice"), params.lines),
  ),
  route("POST /v1/invoices/:id/remove_lines", ["lines"], ({ world, ctx, id, params }) =>
    removeLines(world, ctx, needInvoice(world, id, "invoice"), params.lines),
  ),
  route("GET /v1/invoices/:id/lines", ["ending_before", "limit", "starting_after"], ({ world, id, params }) =>
    pageOf(needInvoice(world, id, "invoice").lines.data, params, `/v1/invoices/${id}/lines`),
  ),
  route(
    "POST /v1/invoices/:id/lines/:child",
    [
      "amount",
      "description",
      "discountable",
      "discounts",
      "metadata",
      "period",
      "price_data",
      "pricing",
      "quantity",
      "quantity_decimal",
      "tax_rates",
    ],
    ({ world, ctx, id, child, params }) =>
      updateLine(world, ctx, needInvoice(world, id, "invoice"), child, params),
  ),
  route(
    "GET /v1/invoices",
    [
      "collection_method",
      "created",
      "customer",
      "due_date",
      "ending_before",
      "limit",
      "starting_after",
      "status",
      "subscription",
    ],
    ({ world, params }) => {
      const rows = ownedBy(world, "in", params.customer).filter(
        (invoice) =>
          (params.status === undefined || invoice.status === params.status) &&
          (params.collection_method === undefined ||
            invoice.collection_method === params.collection_method) &&
          (params.subscription === undefined ||
            invoice.parent?.subscription_details?.subscription === params.subscription) &&
          (params.due_date === undefined ||
            (invoice.due_date !== null && within(invoice.due_date, params.due_date))) &&
          within(invoice.created, params.created),
      );
      return pageOf(rows, params, "/v1/invoices");
    },
  ),
];
