import { retryAt } from "../collection/collect-invoice.js";
import { intentOf } from "../invoices/paying/invoice-payment.js";
import { markInvoicePaid } from "../invoices/paying/mark-invoice-paid.js";
import { markInvoiceUnpaid, subscriptionOf } from "../invoices/paying/pay-invoice.js";
import { bookCharge } from "../payments/balance-transaction.js";
import { receiptUrlOf } from "../payments/charge.js";
import type { ChargeOutcome } from "../payments/charge-intent.js";
import { openDispute } from "../payments/dispute.js";
import { settleSubscription } from "../subscriptions/changing/settle-subscription.js";
import type { Context } from "../world/context.js";
import type { Due } from "../world/due.js";
import { emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { cardError } from "../world/stripe-error.js";
import type { Charge, Invoice, PaymentIntent } from "../world/wire.js";
import type { World } from "../world/world.js";

const refusal = {
  ...cardError({
    code: "payment_intent_payment_attempt_failed",
    message: "The payment failed: the customer's bank could not debit the account.",
  }).body,
};

/** Why the bank refuses, as an intent and its charge tell it. */
const reasonOf = (world: World, intent: PaymentIntent): string | undefined =>
  find(world.hidden.debitAccounts, intent.payment_method as string | null)?.code;

const succeed = (
  world: World,
  ctx: Context,
  intent: PaymentIntent,
  charge: Charge | undefined,
): ChargeOutcome => {
  intent.status = "succeeded";
  intent.amount_received = intent.amount;
  if (charge) {
    charge.status = "succeeded";
    charge.paid = true;
    charge.receipt_url = receiptUrlOf(ctx, charge.id);
    bookCharge(world, ctx, charge);
    emit(world, ctx, "charge.succeeded", charge);
    if (find(world.hidden.debitAccounts, intent.payment_method as string | null)?.disputed)
      openDispute(world, ctx, charge, "dispute_debit");
  }
  emit(world, ctx, "payment_intent.succeeded", intent);
  return { status: "succeeded" };
};

const fail = (
  world: World,
  ctx: Context,
  intent: PaymentIntent,
  charge: Charge | undefined,
): ChargeOutcome => {
  const code = reasonOf(world, intent);
  const error = { ...refusal, ...(code === undefined ? {} : { code }) };
  if (charge) {
    Object.assign(charge, {
      amount_captured: 0,
      captured: false,
      failure_code: code ?? "insufficient_funds",
      failure_message: refusal.message,
      status: "failed",
    } satisfies Partial<Charge>);
    emit(world, ctx, "charge.failed", charge);
  }
  intent.status = "requires_payment_method";
  intent.payment_method = null;
  intent.last_payment_error = {
    ...error,
    type: "invalid_request_error",
    ...(charge ? { charge: charge.id } : {}),
  } as PaymentIntent["last_payment_error"];
  emit(world, ctx, "payment_intent.payment_failed", intent);
  return { status: "failed", error };
};

/** The bill follows its debit, and its subscription follows the bill. */
const settleInvoice = (world: World, ctx: Context, invoice: Invoice, outcome: ChargeOutcome): void => {
  const renews = subscriptionOf(world, invoice) && invoice.billing_reason !== "subscription_create";
  const next = renews ? retryAt(world, ctx, invoice) : null;
  if (outcome.status === "succeeded") markInvoicePaid(world, ctx, invoice);
  else markInvoiceUnpaid(world, ctx, invoice, outcome, next);
  settleSubscription(world, ctx, invoice, outcome);
};

/**
 * Ends a debit that was on its way, with everything that depends on it: its invoice, subscription and
 * checkout.
 */
const settleDebit = (world: World, ctx: Context, intent: PaymentIntent): void => {
  const debit = find(world.hidden.debits, intent.id);
  if (!debit) return;
  delete world.hidden.debits[intent.id];
  if (intent.status !== "processing") return;
  const charge = find(world.charges, intent.latest_charge as string | null);
  const outcome = (debit.fails ? fail : succeed)(world, ctx, intent, charge);
  const invoice = find(world.invoices, find(world.hidden.invoiceOfIntent, intent.id));
  if (invoice?.status === "open" && intentOf(world, invoice)?.id === intent.id)
    settleInvoice(world, ctx, invoice, outcome);
  const session = find(world.checkoutSessions, debit.session);
  if (!session) return;
  if (!debit.fails) session.payment_status = "paid";
  const type = debit.fails ? "async_payment_failed" : "async_payment_succeeded";
  emit(world, ctx, `checkout.session.${type}`, session);
};

/** A debit on its way ends. */
export const debitDues = (world: World, intent: PaymentIntent): Due[] => {
  const debit = find(world.hidden.debits, intent.id);
  if (!debit) return [];
  return [
    {
      id: `${intent.id}/debit`,
      at: debit.at,
      turn: "collect",
      run: (changing, ctx) => settleDebit(changing, ctx, intent),
    },
  ];
};
