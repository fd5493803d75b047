import { defaultPaymentOf } from "../engine/invoices/paying/invoice-payment.js";
import { find } from "../engine/world/find.js";
import type { Charge, CreditNote, Invoice, PaymentIntent } from "../engine/world/wire.js";
import type { World } from "../engine/world/world.js";
import type { Form } from "./change.js";
import { taxAmountsOf } from "./older-lines.js";
import { firstDiscount } from "./older-subscriptions.js";

/** What an invoice was made for, which its `parent` says by now. */
export const invoiceOrigin = ({ parent }: Invoice): Form => {
  const details = parent?.subscription_details ?? null;
  return {
    quote: parent?.quote_details?.quote ?? null,
    subscription: details?.subscription ?? null,
    subscription_details: details && { metadata: details.metadata },
    ...(details?.subscription_proration_date === undefined
      ? {}
      : { subscription_proration_date: details.subscription_proration_date }),
  };
};

/** The one payment of an invoice; a draft has none yet. */
export const invoicePayment = (invoice: Invoice, world: World): Form => {
  const payment = invoice.status === "draft" ? undefined : defaultPaymentOf(world, invoice);
  const intent = find(world.paymentIntents, payment?.payment.payment_intent as string | undefined);
  const outside = invoice.amount_paid_off_stripe ?? 0;
  return {
    amount_paid: invoice.amount_paid - outside,
    paid: invoice.status === "paid",
    paid_out_of_band: outside > 0,
    payment_intent: intent?.id ?? null,
    charge: intent?.latest_charge ?? null,
    application_fee_amount: null,
    transfer_data: null,
  };
};

export const invoiceDiscount = ({ discounts }: Invoice, world: World): Form => ({
  discount: firstDiscount(world, discounts),
});

export const invoiceTaxes = ({ total_taxes }: Invoice): Form => {
  const total_tax_amounts = taxAmountsOf(total_taxes);
  const tax = (total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0);
  return { total_tax_amounts, tax: total_tax_amounts.length > 0 ? tax : null };
};

export const invoiceOfIntent = ({ id }: PaymentIntent, world: World): Form => ({
  invoice: find(world.hidden.invoiceOfIntent, id) ?? null,
});

export const invoiceOfCharge = ({ payment_intent }: Charge, world: World): Form => ({
  invoice: find(world.hidden.invoiceOfIntent, payment_intent as string | null) ?? null,
});

export const noteRefund = ({ refunds }: CreditNote): Form => ({ refund: refunds[0]?.refund ?? null });

export const noteTaxes = ({ total_taxes }: CreditNote): Form => ({ tax_amounts: taxAmountsOf(total_taxes) });
