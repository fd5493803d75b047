import {
  BillingError,
  decideRefund,
  isStorableText,
  type Refund,
  type RefundAccess,
  type RefundReason,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { digest } from "../idempotency/digest.js";
import { underKey } from "../idempotency/under-key.js";
import {
  describePayment,
  findPayment,
  type PaymentChoice,
  type RefundPayment,
  toPaymentOf,
} from "./find-payment.js";

/** What is to be paid back. */
export type RefundWish = PaymentChoice & {
  /** In minor units. @default all that is left of it */
  readonly amount?: number | undefined;
  /** @default "requested_by_customer" */
  readonly reason?: RefundReason | undefined;
  /**
   * Whether the subscription that was paid for ends at once or runs on, and whether a product is owned no longer or still,
   * also after a part of it.
   * @default by the option `refunds`
   */
  readonly access?: RefundAccess | undefined;
  /**
   * Names this refund: however often it is asked for under one key, it is made once. At most 200 characters.
   * @default each call is another refund
   */
  readonly idempotencyKey?: string | undefined;
};

/** What came of it. */
export interface RefundResult {
  /** One, or several where the invoice was paid by several payments. */
  readonly refunds: readonly Refund[];
  /** After it. */
  readonly payment: RefundPayment;
}

export async function payBack(context: BillingContext, wish: RefundWish): Promise<RefundResult> {
  const { amount = null, reason = "requested_by_customer", access = null } = wish;
  checkWish(wish);
  const given = wish.idempotencyKey ?? crypto.randomUUID();
  // Stripe takes 500 characters of whatever is left there, and another app of the account may use the same key.
  const key = await digest([context.owner.app, context.owner.database, given]);
  const found = await findPayment(context, wish);
  const decided = decideRefund({ ...found, key, amount });
  if (decided.amount === 0) return { refunds: decided.made, payment: describePayment(found) };
  const of = toPaymentOf(wish);
  const call = { of, amount: decided.amount, reason, access, key };
  try {
    await underKey(context, ["refund", ...Object.values(of), given], (idempotencyKey) =>
      found.port.create({ ...call, idempotencyKey }),
    );
  } catch (error) {
    if (!(error instanceof BillingError) || error.code !== "provider_rejected") throw error;
    // Somebody else may have been faster: then there is a reason that can be told, or it is done.
    const now = await findPayment(context, wish);
    if (decideRefund({ ...now, key, amount }).amount !== 0) throw error;
  }
  const after = await findPayment(context, wish);
  return { refunds: after.refunds.filter((one) => one.key === key), payment: describePayment(after) };
}

const reasons: readonly unknown[] = ["requested_by_customer", "duplicate", "fraudulent", undefined];
const longestKey = 200;

/** @throws BillingError `invalid_options`, `invalid_idempotency_key` */
function checkWish({ reason, access, idempotencyKey }: RefundWish): void {
  if (idempotencyKey !== undefined && !isStorableText(idempotencyKey, longestKey)) {
    const message = `\`idempotencyKey\` must be a text of 1 to ${longestKey} characters.`;
    throw new BillingError("invalid_idempotency_key", message);
  }
  if (reasons.includes(reason) && [undefined, "end", "keep"].includes(access)) return;
  throw new BillingError(
    "invalid_options",
    '`reason` must be "requested_by_customer", "duplicate" or "fraudulent", and `access` "end" or "keep".',
  );
}
