import type Stripe from "stripe";
import { expect } from "vitest";
import { sharedInProcess } from "../in-process.js";
import { createKept, refusal, unknown, walk } from "./walk.js";

// As recorded on an account of 2026-08-26.dahlia.
const { stripe } = sharedInProcess();
const { as, id, of } = createKept();

type Fields = Omit<Stripe.InvoiceCreateParams, "customer">;

const invoice = (name: string, fields: Fields = {}) =>
  as(
    name,
    stripe.invoices.create({ customer: of("customer"), ...fields }) as Promise<
      Stripe.Invoice & { id: string }
    >,
  );
const including = { pending_invoice_items_behavior: "include" } as const;
const item = (name: string, amount: number, description: string) =>
  as(name, stripe.invoiceItems.create({ customer: of("customer"), amount, currency: "usd", description }));
const items = async (params: Stripe.InvoiceItemListParams = {}) => ({
  found: (await stripe.invoiceItems.list({ customer: of("customer"), ...params })).data.map(
    (row) => row.description,
  ),
});
const raw = (path: string, params: Record<string, unknown>) => stripe.rawRequest("POST", path, params);
const rendering = (page_size: string) => ({
  amount_tax_display: null,
  pdf: { page_size },
  template: null,
  template_version: null,
});
const noInvoice = (param: string) => unknown("No such invoice: 'in_nope'", param);
const notOpen = "You can only pass in open invoices. This invoice isn't open.";
const hour = 3600;

walk("a payer", [
  [
    "has a card",
    async () => {
      const { id: customer } = await as("customer", stripe.customers.create({ email: "s13@example.com" }));
      const method = await stripe.paymentMethods.attach("pm_card_visa", { customer });
      return stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
    },
    { currency: null, next_invoice_sequence: 1 },
  ],
]);

walk("invoice items", [
  [
    "wait",
    () => item("first", 2000, "One-time setup fee"),
    {
      amount: 2000,
      discountable: true,
      discounts: [],
      frozen_fields: [],
      invoice: null,
      invoicing_rules: [],
      parent: null,
      pricing: { type: "price_details" },
      proration: false,
      quantity: 1,
      quantity_decimal: expect.anything(),
      tax_rates: [],
    },
  ],
  [
    "are no parts of periods",
    async () => {
      const waiting = await stripe.invoiceItems.retrieve(of("first"));
      return { says: ["net_amount", "proration_details"].filter((key) => key in waiting) };
    },
    { says: [] },
  ],
  ["are several", () => item("second", 1500, "Usage add-on"), { amount: 1500 }],
  ["come newest first", () => items(), { found: ["Usage add-on", "One-time setup fee"] }],
  ["that wait", () => items({ pending: true }), { found: ["Usage add-on", "One-time setup fee"] }],
  [
    "are changed",
    () => stripe.invoiceItems.update(of("second"), { description: "Usage add-on (revised)" }),
    { description: "Usage add-on (revised)", amount: 1500 },
  ],
  [
    "unknown",
    () => stripe.invoiceItems.retrieve("ii_nope"),
    unknown("No such Invoice Item: 'ii_nope'(livemode=false)", "id"),
  ],
]);

walk("drafts", [
  [
    "leave out what waits",
    () => invoice("empty"),
    {
      status: "draft",
      auto_advance: false,
      automatically_finalizes_at: null,
      billing_reason: "manual",
      collection_method: "charge_automatically",
      amount_due: 0,
      attempt_count: 0,
      attempted: false,
      effective_at: null,
      ending_balance: null,
      starting_balance: 0,
      hosted_invoice_url: null,
      invoice_pdf: null,
      lines: { data: [], has_more: false, total_count: 0 },
      next_payment_attempt: null,
      number: null,
      parent: null,
      rendering: rendering("auto"),
      total_taxes: [],
    },
  ],
  ["are deleted", () => stripe.invoices.del(of("empty")), { object: "invoice", deleted: true }],
  [
    "take what waits, newest first",
    () => invoice("paid", including),
    {
      amount_due: 3500,
      amount_remaining: 3500,
      amount_paid: 0,
      lines: {
        total_count: 2,
        data: [
          {
            amount: 1500,
            description: "Usage add-on (revised)",
            discountable: true,
            parent: {
              invoice_item_details: {
                proration: false,
                proration_details: { credited_items: null },
                subscription: null,
              },
              subscription_item_details: null,
              type: "invoice_item_details",
            },
            pricing: { type: "price_details" },
            subtotal: 1500,
            taxes: [],
          },
          { amount: 2000, description: "One-time setup fee" },
        ],
      },
    },
  ],
  [
    "have lines by the page",
    async () => {
      const page = await stripe.invoices.listLineItems(of("paid"));
      return { counted: "total_count" in page, amounts: page.data.map(({ amount }) => amount) };
    },
    { counted: false, amounts: [1500, 2000] },
  ],
  [
    "are listed as such",
    async () => ({
      found: (await stripe.invoices.list({ customer: of("customer"), status: "draft" })).data.length,
    }),
    { found: 1 },
  ],
  [
    "of a state that is none",
    () => stripe.rawRequest("GET", "/v1/invoices?status=bogus"),
    refusal("Invalid status: must be one of draft, open, void, paid, or uncollectible", { param: "status" }),
  ],
  [
    "advance by themselves",
    async () => {
      await item("late", 800, "Late fee");
      const draft = await invoice("advancing", { ...including, auto_advance: true });
      const { automatically_finalizes_at: finalizes, next_payment_attempt: attempt, created } = draft;
      return { ...draft, after: [(finalizes ?? 0) - created, (attempt ?? 0) - created] };
    },
    { auto_advance: true, amount_due: 800, after: [hour + 1, hour] },
  ],
  [
    "stop advancing",
    () => stripe.invoices.update(of("advancing"), { auto_advance: false }),
    { auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null },
  ],
  [
    "advance again, counted from the beginning",
    async () => {
      const draft = await stripe.invoices.update(of("advancing"), { auto_advance: true });
      return { after: (draft.automatically_finalizes_at ?? 0) - draft.created };
    },
    { after: hour + 1 },
  ],
  ["are deleted with what was on them", () => stripe.invoices.del(of("advancing")), { deleted: true }],
  ["leave nothing that waits", () => items({ pending: true }), { found: [] }],
]);

walk("payments", [
  [
    "finalize a draft",
    () => stripe.invoices.pay(of("paid")),
    {
      status: "paid",
      amount_paid: 3500,
      amount_remaining: 0,
      attempt_count: 1,
      attempted: true,
      auto_advance: false,
      ending_balance: 0,
      number: expect.stringMatching(/^[A-Z0-9]{8}-0001$/),
      rendering: rendering("letter"),
      hosted_invoice_url: expect.any(String),
      invoice_pdf: expect.any(String),
      next_payment_attempt: null,
    },
  ],
  ["come once", () => stripe.invoices.pay(of("paid")), refusal("Invoice is already paid")],
  [
    "are not voided",
    () => stripe.invoices.voidInvoice(of("paid")),
    refusal("Invoices with `paid` payments cannot be voided."),
  ],
  ["are not given up", () => stripe.invoices.markUncollectible(of("paid")), refusal(notOpen)],
  [
    "are final",
    () => stripe.invoices.finalizeInvoice(of("paid")),
    refusal("This invoice is already finalized, you can't re-finalize a non-draft invoice."),
  ],
  ["are kept", () => stripe.invoices.del(of("paid")), refusal("You can only delete draft invoices.")],
]);

walk("lines", [
  ["wait for nothing", () => invoice("edited", including), { lines: { data: [], total_count: 0 } }],
  [
    "are added",
    async () => {
      const edited = await stripe.invoices.addLines(of("edited"), {
        lines: [{ amount: 999, description: "Extra line" }],
      });
      id("line", edited.lines.data[0]?.id);
      return edited;
    },
    {
      amount_due: 999,
      lines: { total_count: 1, data: [{ amount: 999, description: "Extra line", quantity: 1 }] },
      subtotal: 999,
    },
  ],
  [
    "are changed one by one",
    () =>
      stripe.invoices.updateLineItem(of("edited"), of("line"), {
        amount: 777,
        description: "Extra line (revised)",
      }),
    { amount: 777, description: "Extra line (revised)", subtotal: 777 },
  ],
  [
    "are changed together",
    () => stripe.invoices.updateLines(of("edited"), { lines: [{ id: of("line"), amount: 888 }] }),
    { amount_due: 888, total: 888 },
  ],
  [
    "are removed",
    () => stripe.invoices.removeLines(of("edited"), { lines: [{ id: of("line"), behavior: "delete" }] }),
    { amount_due: 0, lines: { data: [], total_count: 0 } },
  ],
  [
    "that are none cost nothing, which is paid at once",
    () => stripe.invoices.finalizeInvoice(of("edited")),
    {
      status: "paid",
      attempt_count: 0,
      attempted: true,
      number: expect.stringMatching(/-0002$/),
      rendering: rendering("letter"),
    },
  ],
  [
    "are final then",
    () => stripe.invoices.finalizeInvoice(of("edited")),
    refusal("This invoice is already finalized, you can't re-finalize a non-draft invoice."),
  ],
  [
    "are described no more",
    () => stripe.invoices.update(of("edited"), { description: "no longer editable" }),
    refusal("Finalized invoices can't be updated in this way", { param: "description" }),
  ],
  [
    "of an invoice that takes metadata still",
    () => stripe.invoices.update(of("edited"), { metadata: { open: "yes" } }),
    { metadata: { open: "yes" }, status: "paid" },
  ],
  [
    "of an invoice that is paid already",
    () => stripe.invoices.pay(of("edited")),
    refusal("Invoice is already paid"),
  ],
]);

walk("invoices that are given up", [
  [
    "are no drafts",
    async () => stripe.invoices.voidInvoice((await invoice("draft", including)).id),
    refusal(notOpen),
  ],
  [
    "are taken together",
    async () => {
      await item("voided item", 3000, "Voided flow item");
      return invoice("voided", including);
    },
    { amount_due: 3000 },
  ],
  [
    "are open",
    () => stripe.invoices.finalizeInvoice(of("voided")),
    { status: "open", attempted: false, auto_advance: false, number: expect.stringMatching(/-0003$/) },
  ],
  [
    "are void",
    () => stripe.invoices.voidInvoice(of("voided")),
    { status: "void", amount_remaining: 3000, status_transitions: { voided_at: expect.any(Number) } },
  ],
  ["are void once", () => stripe.invoices.voidInvoice(of("voided")), refusal(notOpen)],
  ["as drafts are not uncollectible", () => stripe.invoices.markUncollectible(of("draft")), refusal(notOpen)],
  [
    "are open before they are uncollectible",
    async () => {
      await item("lost item", 1200, "Uncollectible flow item");
      await invoice("lost", including);
      return stripe.invoices.finalizeInvoice(of("lost"));
    },
    { status: "open", number: expect.stringMatching(/-0004$/) },
  ],
  [
    "are uncollectible",
    () => stripe.invoices.markUncollectible(of("lost")),
    { status: "uncollectible", amount_remaining: 1200, auto_advance: false },
  ],
  [
    "are uncollectible once",
    () => stripe.invoices.markUncollectible(of("lost")),
    refusal("This invoice has already been marked uncollectible."),
  ],
]);

walk("invoices that are sent", [
  [
    "without a date",
    () => invoice("none", { ...including, collection_method: "send_invoice" }),
    refusal(
      "If invoice collection method is 'send_invoice', you must specify 'due_date' or 'days_until_due'.",
    ),
  ],
  [
    "are due in days",
    async () => {
      const draft = await invoice("nothing", {
        ...including,
        collection_method: "send_invoice",
        days_until_due: 7,
      });
      return { ...draft, days: ((draft.due_date ?? 0) - draft.created) / 86_400 };
    },
    { days: 7, auto_advance: false, status: "draft" },
  ],
  [
    "for nothing are paid",
    () => stripe.invoices.sendInvoice(of("nothing")),
    { status: "paid", attempted: true, attempt_count: 0, number: expect.stringMatching(/-0005$/) },
  ],
  [
    "advance after an hour too",
    async () => {
      await item("sent item", 4400, "Sent flow item");
      const draft = await invoice("sent", {
        ...including,
        auto_advance: true,
        collection_method: "send_invoice",
        days_until_due: 7,
      });
      return { ...draft, after: (draft.automatically_finalizes_at ?? 0) - draft.created };
    },
    { after: hour + 1, next_payment_attempt: null, amount_due: 4400 },
  ],
  [
    "are finalized by hand",
    () => stripe.invoices.finalizeInvoice(of("sent")),
    { status: "open", auto_advance: true, automatically_finalizes_at: null, attempted: false },
  ],
  [
    "are sent when they are open",
    () => stripe.invoices.sendInvoice(of("sent")),
    { status: "open", number: expect.stringMatching(/-0006$/) },
  ],
  [
    "are paid elsewhere",
    () => stripe.invoices.pay(of("sent"), { paid_out_of_band: true }),
    {
      status: "paid",
      amount_paid: 4400,
      amount_remaining: 0,
      attempted: false,
      attempt_count: 0,
      auto_advance: false,
    },
  ],
]);

walk("invoice items that are gone", [
  [
    "are deleted while they wait",
    async () => stripe.invoiceItems.del((await item("never", 400, "Never billed")).id),
    { object: "invoiceitem", deleted: true },
  ],
  [
    "are unknown then",
    () => stripe.invoiceItems.retrieve(of("never")),
    unknown("No such Invoice Item: 'ii_x'(livemode=false)", "id"),
  ],
  [
    "with their draft are not deleted again",
    () => stripe.invoiceItems.del(of("late")),
    refusal("Can't delete an invoice item that is attached to an invoice that is no longer editable"),
  ],
  [
    "with their draft are not changed",
    () => stripe.invoiceItems.update(of("late"), { description: "gone" }),
    refusal("This invoice item has been deleted."),
  ],
]);

walk("an invoice that nothing is", [
  ["to read", () => stripe.invoices.retrieve("in_nope"), noInvoice("invoice")],
  ["to change", () => stripe.invoices.update("in_nope", { metadata: { k: "v" } }), noInvoice("id")],
  ["to delete", () => stripe.invoices.del("in_nope"), noInvoice("invoice")],
  ["to pay", () => stripe.invoices.pay("in_nope"), noInvoice("id")],
  ["to finalize", () => stripe.invoices.finalizeInvoice("in_nope"), noInvoice("id")],
  ["to void", () => stripe.invoices.voidInvoice("in_nope"), noInvoice("id")],
  ["to send", () => stripe.invoices.sendInvoice("in_nope"), noInvoice("invoice")],
  ["to give up", () => stripe.invoices.markUncollectible("in_nope"), noInvoice("id")],
  ["to add to", () => stripe.invoices.addLines("in_nope", { lines: [{ amount: 1 }] }), noInvoice("invoice")],
]);

walk("an invoice that is asked for wrongly", [
  [
    "with what waits or not",
    () =>
      raw("/v1/invoices", {
        customer: of("customer"),
        pending_invoice_items_behavior: "bogus",
        auto_advance: true,
      }),
    refusal("Invalid pending_invoice_items_behavior: must be one of include or exclude", {
      param: "pending_invoice_items_behavior",
    }),
  ],
  [
    "with days and a card",
    () => invoice("none", { days_until_due: 5 }),
    refusal(
      "You can only specify 'due_date' or 'days_until_due' if invoice collection method is 'send_invoice'.",
    ),
  ],
  [
    "with what is no parameter",
    () => raw("/v1/invoices", { customer: of("customer"), nope: 1 }),
    refusal("Received unknown parameter: nope", { code: "parameter_unknown", param: "nope" }),
  ],
  [
    "for nobody",
    () => stripe.invoices.create({ customer: "cus_nope" }),
    unknown("No such customer: 'cus_nope'", "customer", 400),
  ],
]);

walk("an invoice of a subscription that owes nothing", [
  [
    "is an empty draft",
    async () => {
      const price = await stripe.prices.create({
        currency: "usd",
        unit_amount: 1000,
        recurring: { interval: "month" },
        product_data: { name: "Pro" },
      });
      const subscription = await stripe.subscriptions.create({
        customer: of("customer"),
        items: [{ price: price.id }],
      });
      return invoice("of a subscription", { subscription: subscription.id });
    },
    { status: "draft", billing_reason: "manual", total: 0, lines: { data: [], total_count: 0 } },
  ],
]);
