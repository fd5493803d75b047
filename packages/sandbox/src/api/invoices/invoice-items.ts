import {
  deleteInvoiceItem,
  needInvoiceItem,
  updateInvoiceItem,
} from "../../engine/invoices/items/change-invoice-item.js";
import { createInvoiceItem } from "../../engine/invoices/items/invoice-item.js";
import { ownedBy } from "../../engine/world/owned-rows.js";
import { deleted } from "../answers/lookup.js";
import { pageOf, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

const shared = [
  "amount",
  "description",
  "discountable",
  "discounts",
  "metadata",
  "period",
  "price_data.currency",
  "price_data.product",
  "price_data.tax_behavior",
  "price_data.unit_amount",
  "price_data.unit_amount_decimal",
  "pricing",
  "quantity",
  "quantity_decimal",
  "tax_behavior",
  "tax_rates",
  "unit_amount_decimal",
] as const;

/** `/v1/invoiceitems` */
export const invoiceItemRoutes = [
  route(
    "POST /v1/invoiceitems",
    [...shared, "currency", "customer", "invoice", "subscription"],
    ({ world, ctx, params }) => createInvoiceItem(world, ctx, params),
  ),
  route("GET /v1/invoiceitems/:id", [], ({ world, id }) => needInvoiceItem(world, id)),
  route("POST /v1/invoiceitems/:id", shared, ({ world, ctx, id, params }) =>
    updateInvoiceItem(world, ctx, needInvoiceItem(world, id), params),
  ),
  route("DELETE /v1/invoiceitems/:id", [], ({ world, ctx, id }) => {
    deleteInvoiceItem(world, ctx, needInvoiceItem(world, id));
    return deleted("invoiceitem", id);
  }),
  route(
    "GET /v1/invoiceitems",
    ["created", "customer", "ending_before", "invoice", "limit", "pending", "starting_after"],
    ({ world, params }) => {
      const rows = ownedBy(world, "ii", params.customer).filter(
        (item) =>
          (params.invoice === undefined || item.invoice === params.invoice) &&
          (params.pending === undefined || (item.invoice === null) === params.pending) &&
          within(item.date, params.created),
      );
      return pageOf(rows, params, "/v1/invoiceitems");
    },
  ),
];
