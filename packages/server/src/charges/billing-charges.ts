import { BillingError, type ProviderCharge } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { checkCustomerId } from "../customers/billing-customers.js";
import { askAbout, listAccounts } from "../customers/list-accounts.js";
import { digest } from "../idempotency/digest.js";
import { underKey } from "../idempotency/under-key.js";
import { notACustomer } from "../portal/find-portal.js";
import { checkWish, type MoneyWish } from "./check-money-wish.js";

/** What became of a charge. */
export interface ChargeResult {
  /** The invoice that it was made by: see `billing.invoices`. */
  readonly invoiceId: string;
  /** `processing`: the money is on its way. `requires_action`: their bank asks them first. */
  readonly status: "paid" | "processing" | "requires_action";
  /** What the browser confirms the payment with; `null` unless that is required. */
  readonly clientSecret: string | null;
}

/** Charges for what is in no catalog; called by your own server code. */
export interface BillingCharges {
  /**
   * Charges a customer once, now, with what is on file, by an invoice of its own; their credit pays first. It is made once
   * per idempotency key, for good: also after a crash, days later. What is declined leaves nothing to be paid, and another
   * key tries again. Where the bank asks the customer, the invoice stays open until they confirm it.
   *
   * @throws BillingError `payment_failed` (402, `details.reason` is the issuer's), `payment_method_missing` (409),
   * `currency_conflict` (409, its details name the `required` one), `not_a_customer` (409), `invalid_idempotency_key` (400,
   * also for one that charged something else), `invalid_options` for what is no amount above 0, `not_supported`;
   * `invalid_customer_id`, `provider_unavailable`, `provider_rejected`, `store_unavailable`
   * @example
   * const { status, invoiceId } = await billing.charges.create({
   *   customerId: "org_1",
   *   amount: 4900,
   *   currency: "usd",
   *   description: "Data import",
   *   idempotencyKey: "import-42",
   * });
   */
  readonly create: (wish: MoneyWish) => Promise<ChargeResult>;
}

/** The charges as `billing.charges`. */
export function createCharges({
  open,
  checkCredentials,
}: {
  readonly open: () => Promise<BillingContext>;
  /** @throws BillingError `invalid_options` where production lacks a credential */
  readonly checkCredentials: () => void;
}): BillingCharges {
  return {
    async create(wish) {
      checkCredentials();
      checkCustomerId(wish.customerId);
      return createCharge(await open(), wish);
    },
  };
}

async function createCharge(everyone: BillingContext, given: MoneyWish): Promise<ChargeResult> {
  const { customerId, description, money, idempotencyKey: key } = checkWish(given);
  const [account] = await listAccounts(everyone, customerId);
  const context = account?.context ?? everyone;
  const { id, charges } = context.provider;
  if (charges === undefined) {
    const details = { provider: id };
    throw new BillingError("not_supported", "The payment provider can't be told to charge.", { details });
  }
  if (account === undefined) throw notACustomer();
  const { providerCustomerId } = account.link;
  const purpose = ["charge", id, providerCustomerId, key];
  const reference = await digest([context.owner.app, context.owner.database, ...purpose]);
  const create = underKey(context, purpose, (idempotencyKey) =>
    charges.create({ providerCustomerId, money, description, reference, idempotencyKey }),
  );
  const charge = await askAbout(account, create, null);
  if (charge === null) throw notACustomer();
  return toResult(charge);
}

function toResult({ invoiceId, payment }: ProviderCharge): ChargeResult {
  switch (payment.status) {
    case "declined": {
      const details = { invoiceId, ...(payment.reason !== null && { reason: payment.reason }) };
      throw new BillingError("payment_failed", "The payment was declined, and nothing is owed.", { details });
    }
    case "requires_payment_method":
      throw new BillingError("payment_method_missing", "The customer has nothing on file to pay with.");
    case "requires_action":
      return { invoiceId, status: payment.status, clientSecret: payment.clientSecret };
    default:
      return { invoiceId, status: payment.status, clientSecret: null };
  }
}
