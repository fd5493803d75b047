import { collectInvoice, finalizeAndCollect } from "../engine/collect-invoice.js";
import { finalizeInvoice, voidInvoice } from "../engine/finalize-invoice.js";
import { need, newestFirst } from "../engine/find.js";
import { needStatus } from "../engine/invoice.js";
import { defaultMethodOf, subscriptionOf } from "../engine/pay-invoice.js";
import { resolvePaymentMethod } from "../engine/payment-method.js";
import { StripeError } from "../engine/stripe-error.js";
import type { Invoice } from "../engine/wire.js";
import type { World } from "../engine/world.js";
import { choice, flag, pagination, range, text } from "./fields.js";
import { pageOf, within } from "./page-of.js";
import { ownRoute } from "./route.js";

const find = (world: World, id: string): Invoice => need(world.invoices, "invoice", id);

/** `/v1/invoices` */
export const invoiceRoutes = [
  ownRoute("GET", "/v1/invoices/:id", {}, ({ world, id }) => find(world, id)),
  ownRoute(
    "POST",
    "/v1/invoices/:id/pay",
    { off_session: flag(), payment_method: text() },
    ({ world, ctx, id, params }) => {
      const invoice = find(world, id);
      if (invoice.status === "draft") finalizeInvoice(world, ctx, invoice);
      needStatus(invoice, "open", "Invoice is already paid or can no longer be paid.");
      const subscription = subscriptionOf(world, invoice);
      const method = params.payment_method
        ? resolvePaymentMethod(world, ctx, params.payment_method)
        : subscription && defaultMethodOf(world, subscription);
      // Whoever calls this is a server: nobody sits there to answer the bank, unless the request says so.
      const options = params.off_session === false ? {} : { offSession: true };
      const outcome = collectInvoice(world, ctx, invoice, method, options);
      if (outcome.status === "failed")
        throw new StripeError(outcome.error.type === "card_error" ? 402 : 400, outcome.error);
      return invoice;
    },
  ),
  ownRoute("POST", "/v1/invoices/:id/finalize", { auto_advance: flag() }, ({ world, ctx, id, params }) => {
    const invoice = find(world, id);
    if (params.auto_advance) finalizeAndCollect(world, ctx, invoice);
    else finalizeInvoice(world, ctx, invoice);
    return invoice;
  }),
  ownRoute("POST", "/v1/invoices/:id/void", {}, ({ world, ctx, id }) =>
    voidInvoice(world, ctx, find(world, id)),
  ),
  ownRoute("GET", "/v1/invoices/:id/lines", pagination, ({ world, id, params }) =>
    pageOf(find(world, id).lines.data, params, `/v1/invoices/${id}/lines`),
  ),
  ownRoute(
    "GET",
    "/v1/invoices",
    {
      ...pagination,
      collection_method: choice("charge_automatically", "send_invoice"),
      created: range(),
      customer: text(),
      status: choice("draft", "open", "paid", "uncollectible", "void"),
      subscription: text(),
    },
    ({ world, params }) => {
      const rows = newestFirst(world.invoices).filter(
        (invoice) =>
          (params.customer === undefined || invoice.customer === params.customer) &&
          (params.status === undefined || invoice.status === params.status) &&
          (params.collection_method === undefined ||
            invoice.collection_method === params.collection_method) &&
          (params.subscription === undefined ||
            invoice.parent?.subscription_details?.subscription === params.subscription) &&
          within(invoice.created, params.created),
      );
      return pageOf(rows, params, "/v1/invoices");
    },
  ),
];
