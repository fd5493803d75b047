import { payInvoice } from "../invoices/pay-invoice.js";
import { answerEnding } from "./answer-ending.js";
import { defineHandler } from "./define-handler.js";

/** POST /invoices/:id/pay: pays one of one's own, and answers with the access that follows at once. */
export const postInvoicePay = defineHandler(
  "POST /invoices/:id/pay",
  async ({ parts, open, identity, params }) => {
    const paid = await payInvoice(await open(), { customerId: identity.id, invoiceId: params.id });
    return answerEnding(parts, identity, paid);
  },
);
