import type Stripe from "stripe";
import { type Context, seconds } from "../../world/context.js";
import { need } from "../../world/find.js";
import { mergeMetadata } from "../../world/metadata.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { CreditNote, Given, Invoice } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { creditLines, creditOf, discountsOf, totalTaxes } from "./credit-note-lines.js";

export type CreditNoteFields = Omit<
  Given<Stripe.CreditNoteCreateParams>,
  "email_type" | "expand" | "shipping_cost"
>;

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

const money = (amount: number, currency: string): string =>
  new Intl.NumberFormat("en-US", { style: "currency", currency }).format(
    amount /
      10 **
        (new Intl.NumberFormat("en-US", { style: "currency", currency }).resolvedOptions()
          .maximumFractionDigits ?? 2),
  );

/** The credit notes of an invoice, oldest first. */
const creditNotesOf = (world: World, invoice: string): CreditNote[] =>
  Object.values(world.creditNotes).filter((note) => note.invoice === invoice);

/** What refunds that a credit note links give back, or Stripe's refusal. */
const linkedRefunds = (world: World, fields: CreditNoteFields): CreditNote["refunds"] =>
  (fields.refunds ?? []).map((given, index) => {
    const param = `refunds[${index}][refund]`;
    if (given.refund === undefined)
      throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
    const refund = need(world.refunds, "refund", given.refund, param);
    const amount = given.amount_refunded ?? refund.amount;
    if (amount > refund.amount)
      throw invalidRequest(
        "The amount is greater than the refund's.",
        undefined,
        `refunds[${index}][amount_refunded]`,
      );
    return { amount_refunded: amount, payment_record_refund: null, refund: refund.id, type: "refund" };
  });

/** Refuses what an invoice in this state, or with these credit notes, can't give back. */
const checkTotal = (world: World, invoice: Invoice, total: number): void => {
  if (total <= 0) throw invalidRequest("A credit note must be above zero.", undefined, "amount");
  const credited = sum(
    creditNotesOf(world, invoice.id)
      .filter((note) => note.status === "issued")
      .map((note) => note.amount),
  );
  const most = invoice.total - credited;
  if (total > most)
    throw invalidRequest(
      `The credit note amount (${money(total, invoice.currency)}) is greater than the maximum amount that can be ` +
        `credited on the invoice (${money(most, invoice.currency)}).`,
      undefined,
      "amount",
    );
};

const checkPost = (invoice: Invoice, post: number, given: number): void => {
  if (post !== given)
    throw invalidRequest(
      `The sum of credit amount, refund amount and out of band amount (${money(given, invoice.currency)}) must equal ` +
        `the post-payment amount of the credit note (${money(post, invoice.currency)}).`,
    );
};

/** Works a credit note out and checks it, without issuing it. */
export const newCreditNote = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  fields: CreditNoteFields,
): CreditNote => {
  if (invoice.status !== "open" && invoice.status !== "paid" && invoice.status !== "uncollectible")
    throw invalidRequest(
      "You can only create a credit note for an open, paid or uncollectible invoice.",
      undefined,
      "invoice",
    );
  const refunds = linkedRefunds(world, fields);
  const { credit_amount = 0, refund_amount = 0, out_of_band_amount = 0 } = fields;
  const given =
    credit_amount + refund_amount + out_of_band_amount + sum(refunds.map((row) => row.amount_refunded));
  if (fields.amount === undefined && !fields.lines && given === 0)
    throw invalidRequest(
      "You must specify one of amount, lines, or shipping_cost.",
      "parameter_missing",
      "amount",
    );
  const lines = creditLines(world, ctx, invoice, { ...fields, amount: fields.amount ?? given });
  const total = sum(lines.map(creditOf));
  if (fields.amount !== undefined && fields.lines && fields.amount !== total)
    throw invalidRequest("The amount must equal the sum of the lines.", undefined, "amount");
  checkTotal(world, invoice, total);
  const pre = Math.min(total, invoice.amount_remaining);
  checkPost(invoice, total - pre, given);
  const taxes = totalTaxes(lines);
  const id = ctx.ids.id("cn");
  const subtotal = sum(lines.map((line) => line.amount));
  const included = sum(taxes.map((tax) => (tax.tax_behavior === "inclusive" ? tax.amount : 0)));
  const discount_amounts = discountsOf(lines);
  const discount = sum(discount_amounts.map((row) => row.amount));
  const sequence = creditNotesOf(world, invoice.id).length + 1;
  return {
    id,
    object: "credit_note",
    amount: total,
    amount_shipping: 0,
    created: seconds(ctx),
    currency: invoice.currency,
    customer: invoice.customer as string,
    customer_account: null,
    customer_balance_transaction: null,
    discount_amount: discount,
    discount_amounts,
    effective_at: fields.effective_at ?? seconds(ctx),
    invoice: invoice.id,
    lines: { object: "list", data: lines, has_more: false, url: `/v1/credit_notes/${id}/lines` },
    livemode: false,
    memo: fields.memo || null,
    metadata: mergeMetadata({}, fields.metadata),
    number: `${invoice.number ?? invoice.id}-CN-${String(sequence).padStart(2, "0")}`,
    out_of_band_amount: out_of_band_amount > 0 ? out_of_band_amount : null,
    pdf: `${ctx.baseUrl}/credit_notes/${world.account.id}/${id}/pdf?s=ap`,
    post_payment_amount: total - pre,
    pre_payment_amount: pre,
    pretax_credit_amounts: [],
    reason: fields.reason ?? null,
    refunds,
    shipping_cost: null,
    status: "issued",
    subtotal,
    subtotal_excluding_tax: subtotal - included,
    total,
    total_excluding_tax: subtotal - discount - included,
    total_taxes: taxes,
    type: pre === total ? "pre_payment" : pre === 0 ? "post_payment" : "mixed",
    voided_at: null,
  };
};
