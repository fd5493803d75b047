import { BillingError, type CheckoutOffer } from "@tollgate/core";

/** What is about to be sold, and to whom: one of `planId` and `productId` is set. */
export interface StripeSale {
  readonly customerId: string;
  readonly planId: string | null;
  readonly productId: string | null;
  readonly quantity: number;
}

/** Whose money a sale is, and what the platform keeps of it. */
export interface StripeSeller {
  /** The connected account: `acct_…`. */
  readonly account: string;
  /** In percent of each payment, 0 to 100 with at most two decimals. @default the option's */
  readonly feePercent?: number;
  /** In minor units, for what is bought once; a subscription's fee is a percentage at Stripe. @default by percent */
  readonly feeAmount?: number;
  /**
   * Whether the seller is the merchant whose name, country and fees the payment has
   * (https://docs.stripe.com/connect/destination-charges#settlement-merchant). @default false
   */
  readonly onBehalfOf?: boolean;
}

/** A marketplace: https://docs.stripe.com/connect */
export interface StripeConnect {
  /**
   * The connected account (`acct_…`) that this provider is: customers, prices, subscriptions and payments are its own
   * (direct charges), and the platform's key acts for it. Give such a provider an `id` of its own, and as
   * `webhookSecret` that of your Connect endpoint. @default the platform's own account
   */
  readonly account?: string;
  /**
   * Says whose the money of a sale is (destination charges): the platform sells, and Stripe passes all of it on less
   * the fee. `null`: the platform's own. Asked as a checkout opens; a subscription keeps its seller. Not with `account`.
   */
  readonly sellerOf?: (sale: StripeSale) => StripeSeller | null;
  /** What the platform keeps of each payment, in percent, 0 to 100 with at most two decimals. @default 0 */
  readonly feePercent?: number;
  /**
   * Whether a refund by `billing.refunds` takes the fee back, and what was passed on, in proportion to what is refunded
   * (`return`), or leaves both where they are, so that the platform pays for it (`keep`). @default "return"
   */
  readonly refunds?: "return" | "keep";
}

/** The same, checked. */
export interface ConnectRules {
  /** `null`: the platform's own account. */
  readonly account: string | null;
  readonly sellerOf: (sale: StripeSale) => StripeSeller | null;
  readonly feePercent: number;
  readonly returns: boolean;
}

const isAccount = (id: unknown): id is string => typeof id === "string" && /^acct_\w{1,64}$/.test(id);

/** @throws BillingError `invalid_options` */
export function readConnect({
  account,
  sellerOf,
  feePercent = 0,
  refunds = "return",
}: StripeConnect = {}): ConnectRules {
  if (account !== undefined && !isAccount(account))
    refuse("`connect.account` must be an account's id, acct_…");
  if (account !== undefined && sellerOf) refuse("`connect` takes `account` or `sellerOf`, not both");
  if (!isPercent(feePercent)) refuse("`connect.feePercent` must be 0 to 100, with at most two decimals");
  if (refunds !== "return" && refunds !== "keep") refuse('`connect.refunds` must be "return" or "keep"');
  const nobody = () => null;
  return {
    account: account ?? null,
    sellerOf: sellerOf ?? nobody,
    feePercent,
    returns: refunds === "return",
  };
}

/**
 * Whose the money of an offer is; `null`: the account's own.
 *
 * @throws BillingError `invalid_options` for an answer of `sellerOf` that Stripe would refuse
 */
export function findSeller(
  rules: ConnectRules,
  customerId: string,
  offer: CheckoutOffer,
): StripeSeller | null {
  const seller = rules.sellerOf({
    customerId,
    planId: offer.kind === "subscription" ? offer.planId : null,
    productId: offer.kind === "product" ? offer.productId : null,
    quantity: offer.quantity,
  });
  if (seller === null) return null;
  const { account, feeAmount, feePercent = 0 } = seller;
  if (!isAccount(account)) refuse("`connect.sellerOf` must answer with an account's id, acct_…, or null");
  if (!isPercent(feePercent))
    refuse("`connect.sellerOf`: `feePercent` must be 0 to 100, with at most two decimals");
  if (feeAmount !== undefined && !(Number.isSafeInteger(feeAmount) && feeAmount >= 0))
    refuse("`connect.sellerOf`: `feeAmount` must be a whole number of minor units");
  if (feeAmount !== undefined && offer.kind === "subscription")
    refuse("`connect.sellerOf`: of a plan, Stripe takes a fee by percent: `feePercent`");
  return seller;
}

/** https://docs.stripe.com/api/subscriptions/create#create_subscription-application_fee_percent */
function isPercent(value: unknown): boolean {
  if (typeof value !== "number" || !(value >= 0 && value <= 100)) return false;
  return Math.abs(value * 100 - Math.round(value * 100)) < 1e-9;
}

function refuse(why: string): never {
  throw new BillingError("invalid_options", `stripe: ${why}.`);
}
