import { listInvoices } from "../invoices/list-invoices.js";
import { readUpcoming } from "../invoices/upcoming-invoice.js";
import { defineHandler } from "./define-handler.js";

/** GET /invoices: a page of what the customer was billed. */
export const getInvoices = defineHandler("GET /invoices", async ({ open, identity, input }) => {
  const { after, limit } = input;
  const choice = { customerId: identity.id, after, limit: limit === undefined ? undefined : Number(limit) };
  const { invoices, next } = await listInvoices(await open(), choice);
  return { invoices: invoices.map((one) => ({ ...one, lines: [...one.lines] })), next };
});

/** GET /invoices/upcoming: what the next one will be. */
export const getUpcomingInvoice = defineHandler(
  "GET /invoices/upcoming",
  async ({ open, identity, input }) => {
    const upcoming = await readUpcoming(await open(), { customerId: identity.id, group: input.group });
    return { upcoming: upcoming && { ...upcoming, lines: [...upcoming.lines] } };
  },
);
