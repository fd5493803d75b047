import * as z from "zod";
import { accessResponse } from "./access.js";
import { invoiceLine, minorUnits, time } from "./fields.js";
import type { Routes } from "./route.js";

const amounts = {
  currency: z.string(),
  /** The sum of `lines` and `tax`. */
  total: z.int(),
  lines: z.array(invoiceLine),
  tax: z.int(),
  taxIncluded: z.int(),
  /** What the customer's credit pays of it; negative where it adds to the credit. */
  credit: z.int(),
};

const invoice = z.strictObject({
  id: z.string(),
  number: z.string().nullable(),
  status: z.enum(["draft", "open", "paid", "void", "uncollectible"]),
  subscriptionId: z.string().nullable(),
  issuedAt: time,
  dueAt: time.nullable(),
  paidAt: time.nullable(),
  nextAttemptAt: time.nullable(),
  ...amounts,
  /** What is still to be paid; 0 unless it is open. */
  due: minorUnits,
  refunded: minorUnits,
  url: z.string().nullable(),
  pdfUrl: z.string().nullable(),
  receiptUrl: z.string().nullable(),
});

/** The query of GET /invoices. */
export const invoicesQuery = z.object({
  /** The `next` of the page before. @default the newest */
  after: z.string().min(1).max(500).optional(),
  /** How many, from 1 to 100. @default "12" */
  limit: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/, "must be a whole number from 1 to 100")
    .optional(),
});
export type InvoicesQuery = z.input<typeof invoicesQuery>;

/** The body of GET /invoices: amounts in minor units of each invoice's `currency`. */
export const invoicesResponse = z.strictObject({
  /** The newest first, without drafts. */
  invoices: z.array(invoice),
  /** For the next page's `after`; `null` on the last one. */
  next: z.string().nullable(),
});
export type InvoicesResponse = z.infer<typeof invoicesResponse>;

/** The query of GET /invoices/upcoming. */
export const upcomingInvoiceQuery = z.object({
  /** Of a subscription with a plan of this group. @default the main plan's */
  group: z.string().min(1).max(64).optional(),
});
export type UpcomingInvoiceQuery = z.input<typeof upcomingInvoiceQuery>;

/** The body of GET /invoices/upcoming. */
export const upcomingInvoiceResponse = z.strictObject({
  /** `null`: none is to come. */
  upcoming: z.strictObject({ at: time, ...amounts, due: minorUnits }).nullable(),
});
export type UpcomingInvoiceResponse = z.infer<typeof upcomingInvoiceResponse>;

/** The body of POST /invoices/:id/pay. */
export const payInvoiceRequest = z.strictObject({});
export type PayInvoiceRequest = z.input<typeof payInvoiceRequest>;

/** What POST /invoices/:id/pay answers. */
export const payInvoiceResponse = z.strictObject({
  /**
   * `requires_action`: the browser confirms it with `clientSecret`. `requires_payment_method`: nothing is on file, and the
   * person enters what pays, with the same secret. `processing`: the money is on its way.
   */
  status: z.enum(["paid", "processing", "requires_action", "requires_payment_method"]),
  clientSecret: z.string().nullable(),
  access: accessResponse,
});
export type PayInvoiceResponse = z.infer<typeof payInvoiceResponse>;

export const invoiceRoutes = {
  "GET /invoices": {
    name: "invoices",
    does: "what the customer was billed, a page at a time, with what is due, the receipt and the PDF",
    who: "manager",
    asksProvider: true,
    limit: "checkout_reads",
    query: invoicesQuery,
    response: invoicesResponse,
    refuses: ["not_supported"],
  },
  "GET /invoices/upcoming": {
    name: "upcomingInvoice",
    does: "what the subscription's next invoice will be, if nothing changes",
    who: "manager",
    asksProvider: true,
    limit: "checkout_reads",
    query: upcomingInvoiceQuery,
    response: upcomingInvoiceResponse,
    refuses: ["not_supported"],
  },
  "POST /invoices/:id/pay": {
    name: "payInvoice",
    does: "pays an open invoice with what is on file, or gives what the browser confirms",
    who: "manager",
    asksProvider: true,
    limit: "changes",
    params: { id: "in_missing" },
    body: payInvoiceRequest,
    examples: [{}],
    response: payInvoiceResponse,
    refuses: ["not_found", "invoice_not_open", "payment_failed", "not_supported"],
  },
} as const satisfies Routes;
