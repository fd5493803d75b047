import { need, newestFirst } from "../engine/find.js";
import { choice, hash, pagination, range, required, text } from "./fields.js";
import { pageOf, within } from "./page-of.js";
import { ownRoute } from "./route.js";

const paymentFilter = {
  ...pagination,
  created: range(),
  invoice: text(),
  payment: hash({ type: required(choice("payment_intent")), payment_intent: text() }),
  status: choice("canceled", "open", "paid"),
};

/** `/v1/invoice_payments` */
export const invoicePaymentRoutes = [
  ownRoute("GET", "/v1/invoice_payments/:id", {}, ({ world, id }) =>
    need(world.invoicePayments, "invoice_payment", id),
  ),
  ownRoute("GET", "/v1/invoice_payments", paymentFilter, ({ world, params }) => {
    const rows = newestFirst(world.invoicePayments).filter(
      (payment) =>
        (params.invoice === undefined || payment.invoice === params.invoice) &&
        (params.status === undefined || payment.status === params.status) &&
        (params.payment?.payment_intent === undefined ||
          payment.payment.payment_intent === params.payment.payment_intent) &&
        within(payment.created, params.created),
    );
    return pageOf(rows, params, "/v1/invoice_payments");
  }),
];
