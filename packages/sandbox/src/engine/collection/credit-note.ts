import { needCustomer } from "../customers/customer.js";
import { moveBalance } from "../customers/customer-balance.js";
import { type CreditNoteFields, newCreditNote } from "../invoices/credit-notes/new-credit-note.js";
import { paymentsOf } from "../invoices/paying/invoice-payment.js";
import { settleWithoutCharge } from "../invoices/paying/mark-invoice-paid.js";
import { createRefund } from "../payments/refund.js";
import { settleSubscription } from "../subscriptions/changing/settle-subscription.js";
import { type Context, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { find, need } from "../world/find.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Charge, CreditNote, Invoice, PaymentIntent } from "../world/wire.js";
import type { World } from "../world/world.js";
import { followRemaining } from "./attach-payment.js";

/** The intent with the most left to give back, among those that paid an invoice. */
const refundable = (world: World, invoice: Invoice, amount: number): PaymentIntent => {
  const leftOf = (intent: PaymentIntent): number => {
    const charge = find<Charge>(world.charges, intent.latest_charge as string | null);
    return charge ? charge.amount_captured - charge.amount_refunded : 0;
  };
  const intents = paymentsOf(world, invoice.id)
    .filter((payment) => payment.status === "paid")
    .flatMap(
      (payment) => find<PaymentIntent>(world.paymentIntents, payment.payment.payment_intent as string) ?? [],
    )
    .sort((one, other) => leftOf(other) - leftOf(one));
  const [intent] = intents;
  if (!intent || leftOf(intent) < amount)
    throw invalidRequest(
      "The refund amount is greater than the amount that can still be refunded on the invoice's payment.",
      undefined,
      "refund_amount",
    );
  return intent;
};

/** What a credit note takes off an invoice that is not paid yet. */
const reduce = (world: World, ctx: Context, invoice: Invoice, amount: number): void => {
  change(world, ctx, "invoice.updated", invoice, (draft) => {
    draft.amount_due -= amount;
    draft.amount_remaining -= amount;
    draft.pre_payment_credit_notes_amount += amount;
  });
  if (invoice.amount_remaining > 0) {
    followRemaining(world, invoice);
    return;
  }
  settleWithoutCharge(world, ctx, invoice);
  settleSubscription(world, ctx, invoice, { status: "succeeded" });
};

/** Gives back what was paid: to the card, onto the balance, or outside Stripe. */
const giveBack = (
  world: World,
  ctx: Context,
  note: CreditNote,
  invoice: Invoice,
  fields: CreditNoteFields,
): void => {
  const { credit_amount = 0, refund_amount = 0 } = fields;
  if (refund_amount > 0) {
    const intent = refundable(world, invoice, refund_amount);
    const refund = createRefund(world, ctx, { payment_intent: intent.id, amount: refund_amount });
    note.refunds.push({
      amount_refunded: refund_amount,
      payment_record_refund: null,
      refund: refund.id,
      type: "refund",
    });
  }
  if (credit_amount > 0) {
    const entry = { amount: -credit_amount, currency: note.currency, type: "credit_note" as const };
    const customer = needCustomer(world, note.customer as string);
    const moved = moveBalance(world, ctx, customer, { ...entry, credit_note: note.id, invoice: invoice.id });
    note.customer_balance_transaction = moved.id;
  }
};

/** Issues a credit note: first against what is still due, the rest against what was paid. */
export const createCreditNote = (world: World, ctx: Context, fields: CreditNoteFields): CreditNote => {
  const invoice = need<Invoice>(world.invoices, "invoice", fields.invoice, "invoice");
  const at = atCustomer(world, ctx, invoice.customer as string);
  const note = newCreditNote(world, at, invoice, fields);
  if (fields.refund_amount) refundable(world, invoice, fields.refund_amount);
  if (fields.credit_amount) needCustomer(world, invoice.customer as string);
  world.creditNotes[note.id] = note;
  giveBack(world, at, note, invoice, fields);
  emit(world, at, "credit_note.created", note);
  if (note.post_payment_amount > 0)
    change(world, at, "invoice.updated", invoice, (draft) => {
      draft.post_payment_credit_notes_amount += note.post_payment_amount;
    });
  if (note.pre_payment_amount > 0) reduce(world, at, invoice, note.pre_payment_amount);
  return note;
};

/** What a credit note would be; nothing is issued. */
export const previewCreditNote = (world: World, ctx: Context, fields: CreditNoteFields): CreditNote => {
  const invoice = need<Invoice>(world.invoices, "invoice", fields.invoice, "invoice");
  const at = atCustomer(world, ctx, invoice.customer as string);
  const note = newCreditNote(world, at, invoice, fields);
  if (fields.refund_amount) refundable(world, invoice, fields.refund_amount);
  return note;
};

/** Changes a credit note's words. */
export const updateCreditNote = (
  world: World,
  ctx: Context,
  note: CreditNote,
  fields: { memo?: string | null; metadata?: MetadataChange },
): CreditNote =>
  change(world, atCustomer(world, ctx, note.customer as string), "credit_note.updated", note, (draft) => {
    if (fields.memo !== undefined) draft.memo = fields.memo || null;
    draft.metadata = mergeMetadata(draft.metadata ?? {}, fields.metadata);
  });

/** Voids a credit note, which is possible while its invoice is open. */
export const voidCreditNote = (world: World, ctx: Context, note: CreditNote): CreditNote => {
  const invoice = need<Invoice>(world.invoices, "invoice", note.invoice as string, "invoice");
  if (note.status === "void") throw invalidRequest("This credit note has already been voided.");
  if (note.type !== "pre_payment" || invoice.status !== "open")
    throw invalidRequest("You can only void a credit note of an invoice that is open.");
  const at = atCustomer(world, ctx, note.customer as string);
  note.status = "void";
  note.voided_at = seconds(at);
  emit(world, at, "credit_note.voided", note);
  change(world, at, "invoice.updated", invoice, (draft) => {
    draft.amount_due += note.pre_payment_amount;
    draft.amount_remaining += note.pre_payment_amount;
    draft.pre_payment_credit_notes_amount -= note.pre_payment_amount;
  });
  followRemaining(world, invoice);
  return note;
};
