import {
  BillingError,
  decideRefund,
  isStorableText,
  type PaymentBooks,
  type ProviderRefunds,
  type Refund,
  type RefundAccess,
  type RefundablePayment,
  type RefundReason,
  refundableOf,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atEachProvider } from "../context/providers.js";
import { checkCustomerId } from "../customers/billing-customers.js";
import { digest } from "../idempotency/digest.js";
import { underKey } from "../idempotency/under-key.js";

/** Which payment: what a customer paid for an invoice. */
export interface PaymentChoice {
  /** Your own id of the customer. */
  readonly customerId: string;
  /** The provider's id of the invoice: `in_…`, of `payment.succeeded` say. */
  readonly invoiceId: string;
}

/** What is to be paid back. */
export interface RefundWish extends PaymentChoice {
  /** In minor units. @default all that is left of it */
  readonly amount?: number | undefined;
  /** @default "requested_by_customer" */
  readonly reason?: RefundReason | undefined;
  /**
   * Whether the subscription that was paid for ends at once or runs on, also after a part of it.
   * @default by the option `refunds`
   */
  readonly access?: RefundAccess | undefined;
  /**
   * Names this refund: however often it is asked for under one key, it is made once. At most 200 characters.
   * @default each call is another refund
   */
  readonly idempotencyKey?: string | undefined;
}

/** A payment's books, with what is left of it. */
export interface RefundPayment extends PaymentBooks {
  readonly provider: string;
  /** What can still be refunded, in minor units. */
  readonly refundable: number;
}

/** What came of it. */
export interface RefundResult {
  /** One, or several where the invoice was paid by several payments. */
  readonly refunds: readonly Refund[];
  /** After it. */
  readonly payment: RefundPayment;
}

/** Money given back, as `billing.refunds`; for your own server code, never for a browser. */
export interface BillingRefunds {
  /**
   * Pays an invoice back, whole or in part, the latest or an older one, to where the money came from. Never more than was
   * paid in money: what credit paid for is not refunded. What it does to access is decided when it has gone through, as
   * for a refund in the provider's dashboard: see the option `refunds`. A refund that failed is not made again under its
   * own key.
   *
   * @throws BillingError `not_found` for no invoice of this customer; `nothing_to_refund`, `payment_disputed`,
   * `amount_too_large` (its details say what is `refundable`), `amount_too_small`, `invalid_idempotency_key` (also for one
   * that was used for another refund); `not_supported`, `invalid_customer_id`, `invalid_options`, `provider_unavailable`,
   * `provider_rejected`, `store_unavailable`
   * @example
   * const { payment } = await billing.refunds.create({ customerId: "org_1", invoiceId: "in_1", amount: 1000 });
   * payment.paid - payment.refunded - payment.pending; // what is kept
   */
  readonly create: (wish: RefundWish) => Promise<RefundResult>;
  /**
   * What was paid for an invoice, and what went back.
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
    create: async (wish) => createRefund(await ready(wish.customerId), wish),
    payment: async (choice) => toPayment(await findPayment(await ready(choice.customerId), choice)),
    list: async ({ customerId, invoiceId }) => {
      const all = await listRefunds(await ready(customerId), customerId);
      return invoiceId === undefined ? all : all.filter((one) => one.invoiceId === invoiceId);
    },
  };
}

/** A payment, and who took it. */
interface FoundPayment extends RefundablePayment {
  readonly provider: string;
  readonly port: ProviderRefunds;
}

async function createRefund(context: BillingContext, wish: RefundWish): Promise<RefundResult> {
  const { amount = null, reason = "requested_by_customer", access = null } = wish;
  checkWish(wish);
  const given = wish.idempotencyKey ?? crypto.randomUUID();
  // Stripe takes 500 characters of whatever is left there, and another app of the account may use the same key.
  const key = await digest([context.owner.app, context.owner.database, given]);
  const found = await findPayment(context, wish);
  const decided = decideRefund({ ...found, key, amount });
  if (decided.amount === 0) return { refunds: decided.made, payment: toPayment(found) };
  const call = { invoiceId: wish.invoiceId, amount: decided.amount, reason, access, key };
  try {
    await underKey(context, ["refund", wish.invoiceId, given], (idempotencyKey) =>
      found.port.create({ ...call, idempotencyKey }),
    );
  } catch (error) {
    if (!(error instanceof BillingError) || error.code !== "provider_rejected") throw error;
    // Somebody else may have been faster: then there is a reason that can be told, or it is done.
    const now = await findPayment(context, wish);
    if (decideRefund({ ...now, key, amount }).amount !== 0) throw error;
  }
  const after = await findPayment(context, wish);
  return { refunds: after.refunds.filter((one) => one.key === key), payment: toPayment(after) };
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

/** @throws BillingError `not_found` for an invoice of nobody, or of somebody else; `not_supported` */
async function findPayment(everyone: BillingContext, choice: PaymentChoice): Promise<FoundPayment> {
  const able = atEachProvider(everyone).filter(({ provider }) => provider.refunds !== undefined);
  if (able.length === 0) throw new BillingError("not_supported", "The payment provider has no refunds.");
  for (const { store, provider } of able) {
    const port = provider.refunds;
    const found = (await port?.readPayment(choice.invoiceId)) ?? null;
    const payer = found?.books.providerCustomerId ?? null;
    if (port === undefined || found === null || payer === null) continue;
    const owner = await store.findCustomerByProviderId(payer, provider.id);
    if (owner?.customerId === choice.customerId) return { ...found, provider: provider.id, port };
  }
  throw new BillingError("not_found", "This customer has no such invoice.");
}

function toPayment({ books, provider }: FoundPayment): RefundPayment {
  return { ...books, provider, refundable: refundableOf(books) };
}

async function listRefunds(everyone: BillingContext, customerId: string): Promise<readonly Refund[]> {
  const lists: (readonly Refund[])[] = [];
  for (const { store, provider } of atEachProvider(everyone)) {
    const link = await store.findCustomer(customerId, provider.id);
    const ids = await store.listRetiredCustomers(customerId, provider.id);
    for (const id of link === null ? ids : [link.providerCustomerId, ...ids])
      lists.push((await provider.refunds?.list(id)) ?? []);
  }
  return lists.flat().sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
