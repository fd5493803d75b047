import type { FoundRefund, ProviderRefunds, Refund } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing } from "../client/to-provider-error.js";
import type { ConnectRules } from "../connect/stripe-connect.js";
import { idOrNull } from "../language/id-of.js";
import type { Payment } from "../subscriptions/payments.js";
import { createRefund } from "./create-refund.js";
import { findInvoice, readBooks, readPaymentBooks } from "./read-books.js";
import { accessOf, toRefund } from "./to-refund.js";

/** The most charges that are looked through: whoever has more has no list that anybody reads. */
const mostCharges = 1000;

/** What Stripe can do about refunds: https://docs.stripe.com/refunds */
export function createRefunds(
  call: CallStripe,
  provider: string,
  connect: Pick<ConnectRules, "returns">,
): ProviderRefunds {
  return {
    readPayment: (of) => readBooks(call, provider, of),
    create: (input) => createRefund(call, provider, input, connect),
    read: (refundId) => readRefund(call, provider, refundId),
    list: (providerCustomerId) => listRefunds(call, provider, providerCustomerId),
  };
}

async function readRefund(call: CallStripe, provider: string, id: string): Promise<FoundRefund | null> {
  let refund: Stripe.Refund;
  try {
    refund = await call((client) => client.refunds.retrieve(id));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  const payment = paymentOf(refund);
  const found = payment && (await readPaymentBooks(call, provider, payment));
  if (!found) return null;
  const { books, stamp } = found;
  return { refund: toRefund(provider, refund, books.invoiceId), books, access: accessOf(refund), stamp };
}

/** Of what it is; `null` for a refund of a customer's balance, which is no payment. */
export function paymentOf(of: {
  readonly payment_intent: Stripe.Refund["payment_intent"];
  readonly charge: Stripe.Refund["charge"];
}): Payment | null {
  const intent = idOrNull(of.payment_intent);
  if (intent !== null) return { payment_intent: intent };
  const charge = idOrNull(of.charge);
  return charge === null ? null : { charge };
}

/** Stripe lists refunds of one charge only, so it goes through the customer's charges. */
async function listRefunds(call: CallStripe, provider: string, customer: string): Promise<readonly Refund[]> {
  const charges = await call((client) =>
    client.charges
      .list({ customer, limit: 100, expand: ["data.refunds"] })
      .autoPagingToArray({ limit: mostCharges }),
  );
  const found: Refund[] = [];
  for (const charge of charges) {
    const refunds = charge.refunds?.data ?? [];
    if (refunds.length === 0) continue;
    const payment = paymentOf({ payment_intent: charge.payment_intent, charge: charge.id });
    const invoiceId = payment && (await findInvoice(call, payment));
    found.push(...refunds.map((one) => toRefund(provider, one, invoiceId)));
  }
  return found.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
