import type { Refund } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { checkCustomerId } from "../customers/billing-customers.js";
import { describePayment, findPayment, type PaymentChoice, type RefundPayment } from "./find-payment.js";
import { listRefunds } from "./list-refunds.js";
import { payBack, type RefundResult, type RefundWish } from "./pay-back.js";

/** Money given back, as `billing.refunds`; for your own server code, never for a browser. */
export interface BillingRefunds {
  /**
   * Pays an invoice back, or a product that was bought once, whole or in part, the latest or an older one, to where the
   * money came from. Never more than was paid in money: what credit paid for is not refunded. What it does to access is decided when it has gone through, as
   * for a refund in the provider's dashboard: see the option `refunds`. A refund that failed is not made again under its
   * own key.
   *
   * @throws BillingError `not_found` for what this customer has not paid; `nothing_to_refund`, `payment_disputed`,
   * `amount_too_large` (its details say what is `refundable`), `amount_too_small`, `invalid_idempotency_key` (also for one
   * that was used for another refund); `not_supported`, `invalid_customer_id`, `invalid_options`, `provider_unavailable`,
   * `provider_rejected`, `store_unavailable`
   * @example
   * const { payment } = await billing.refunds.create({ customerId: "org_1", invoiceId: "in_1", amount: 1000 });
   * payment.paid - payment.refunded - payment.pending; // what is kept
   * await billing.refunds.create({ customerId: "org_1", checkoutId: "cs_1" }); // what `product.purchased` told of
   */
  readonly create: (wish: RefundWish) => Promise<RefundResult>;
  /**
   * What was paid for an invoice or a product, and what went back.
   *
   * @throws BillingError `not_found`, `not_supported`, `invalid_customer_id`, `provider_unavailable`
   * @example
   * const { paid, refunded, refundable } = await billing.refunds.payment({ customerId: "org_1", invoiceId: "in_1" });
   */
  readonly payment: (choice: PaymentChoice) => Promise<RefundPayment>;
  /**
   * A customer's refunds at every provider, whoever made them, the latest first; those that failed included.
   *
   * @throws BillingError `invalid_customer_id`, `provider_unavailable`
   * @example
   * for (const { amount, status } of await billing.refunds.list({ customerId: "org_1" })) console.log(amount, status);
   */
  readonly list: (whose: {
    readonly customerId: string;
    readonly invoiceId?: string;
  }) => Promise<readonly Refund[]>;
}

/** The refunds as `billing.refunds`. */
export function createBillingRefunds({
  open,
  checkCredentials,
}: {
  readonly open: () => Promise<BillingContext>;
  /** @throws BillingError `invalid_options` where production lacks a credential */
  readonly checkCredentials: () => void;
}): BillingRefunds {
  const ready = async (customerId: string) => {
    checkCredentials();
    checkCustomerId(customerId);
    return open();
  };
  return {
    create: async (wish) => payBack(await ready(wish.customerId), wish),
    payment: async (choice) => describePayment(await findPayment(await ready(choice.customerId), choice)),
    list: async ({ customerId, invoiceId }) => {
      const all = await listRefunds(await ready(customerId), customerId);
      return invoiceId === undefined ? all : all.filter((one) => one.invoiceId === invoiceId);
    },
  };
}
