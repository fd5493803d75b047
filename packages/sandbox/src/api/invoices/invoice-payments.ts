import { need } from "../../engine/world/find.js";
import { ownedBy } from "../../engine/world/owned-rows.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

/** `/v1/invoice_payments` */
export const invoicePaymentRoutes = [
  route("GET /v1/invoice_payments/:id", [], ({ world, id }) =>
    need(world.invoicePayments, "invoice_payment", id),
  ),
  route(
    "GET /v1/invoice_payments",
    ["created", "invoice", "payment.payment_intent", "payment.type", "status", ...paging],
    ({ world, params }) => {
      const rows = ownedBy(world, "inpay", params.invoice).filter(
        ({ created, payment, status }) =>
          (params.status === undefined || status === params.status) &&
          (params.payment === undefined || payment.type === params.payment.type) &&
          (params.payment?.payment_intent === undefined ||
            payment.payment_intent === params.payment.payment_intent) &&
          within(created, params.created),
      );
      return pageOf(rows, params, "/v1/invoice_payments");
    },
  ),
];
