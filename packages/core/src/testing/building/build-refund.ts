import type { Dispute } from "../../language/dispute.js";
import type { PaymentBooks, Refund } from "../../language/refund.js";

/** The books of an invoice of 29.00 for March 2026, of which nothing went back. */
export function buildBooks(overrides: Partial<PaymentBooks> = {}): PaymentBooks {
  return {
    invoiceId: "in_1",
    subscriptionId: "sub_1",
    providerCustomerId: "cus_1",
    currency: "usd",
    paid: 2900,
    refunded: 0,
    pending: 0,
    held: 0,
    disputed: false,
    period: { start: "2026-03-01T00:00:00.000Z", end: "2026-04-01T00:00:00.000Z" },
    ...overrides,
  };
}

/** A refund of all of it. */
export function buildRefund(overrides: Partial<Refund> = {}): Refund {
  return {
    id: "re_1",
    provider: "stripe",
    invoiceId: "in_1",
    amount: 2900,
    currency: "usd",
    status: "succeeded",
    failure: null,
    reason: "requested_by_customer",
    createdAt: "2026-03-10T00:00:00.000Z",
    key: null,
    ...overrides,
  };
}

/** A chargeback of all of it that wants an answer. */
export function buildDispute(overrides: Partial<Dispute> = {}): Dispute {
  return {
    id: "du_1",
    provider: "stripe",
    paymentId: "ch_1",
    invoiceId: "in_1",
    amount: 2900,
    currency: "usd",
    kind: "chargeback",
    status: "needs_response",
    reason: "fraudulent",
    respondBy: null,
    createdAt: "2026-03-10T00:00:00.000Z",
    ...overrides,
  };
}
