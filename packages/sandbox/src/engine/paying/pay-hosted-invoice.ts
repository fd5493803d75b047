import { intentOf } from "../invoices/paying/invoice-payment.js";
import { type CardInput, createPaymentMethod } from "../methods/payment-method.js";
import type { ChargeOutcome } from "../payments/charge-intent.js";
import type { Context } from "../world/context.js";
import { find } from "../world/find.js";
import { StripeError } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Invoice } from "../world/wire.js";
import type { World } from "../world/world.js";
import { settlePayment } from "./confirm-intent.js";

export type HostedOutcome = ChargeOutcome & { intent: string | null };

/** Whether an invoice's hosted page still asks for money. */
export const isPayable = (invoice: Invoice): boolean =>
  (invoice.status === "open" || invoice.status === "uncollectible") && invoice.amount_remaining > 0;

/** Pays an invoice with a card that was typed into its hosted page. A refusal is an outcome, not a throw. */
export const payHostedInvoice = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  { card, name }: { card: CardInput; name: string | null },
): HostedOutcome => {
  const intent = intentOf(world, invoice);
  if (!isPayable(invoice) || !intent) return { status: "succeeded", intent: null };
  const at = atCustomer(world, ctx, invoice.customer as string);
  try {
    const email = find(world.customers, invoice.customer)?.email ?? null;
    const method = createPaymentMethod(world, at, { card, billing_details: { email, name } });
    return { ...settlePayment(world, at, intent, method, {}), intent: intent.id };
  } catch (thrown) {
    if (thrown instanceof StripeError && thrown.body.type === "card_error")
      return { status: "failed", error: thrown.body, intent: intent.id };
    throw thrown;
  }
};
