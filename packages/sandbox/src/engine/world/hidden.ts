import type { HiddenLink, Seller } from "../accounts/seller.js";
import type { HiddenCheckout } from "../checkout/terms/checkout-order.js";
import type { CardBehaviour } from "../methods/card-behaviour.js";
import type { PaymentLinkTerms } from "../payment-links/payment-link-fields.js";
import type { Resumption } from "../subscriptions/terms/resumption.js";
import type * as Wire from "./wire.js";

/**
 * How many events were logged in a row; `at` is when the last of them was, in seconds of the sandbox's clock.
 */
type LoggedBatch = { at: number; count: number };

/** Rows by their ids. */
export type Table<T> = Record<string, T>;

type Waiting =
  | { kind: "checkout"; session: string }
  | { kind: "portal"; customer: string }
  | { kind: "subscription"; subscription: string };

type PriceParts = {
  tiers: Wire.PriceTier[] | null;
  currency_options: Table<Wire.CurrencyOption>;
};

/** One report of usage, as a meter counts it. */
export type UsageEvent = {
  identifier: string;
  /** A decimal. */
  value: string;
  /** When it was used, in seconds. */
  timestamp: number;
};

/** A report that has arrived, counted or not. */
type SeenUsage = {
  /** In seconds. */
  received: number;
  event_name: string;
  /** Where it is counted, or null if it is not. */
  key: string | null;
  canceled?: true;
};

/** What is not shown of an endpoint. */
export type HiddenEndpoint = {
  url: string;
  /** Each signs until it expires (seconds since 1970; null: never), the newest first. */
  secrets: Array<{ secret: string; expiresAt: number | null }>;
  /** Whether it hears of connected accounts' events, and of its own account's. */
  hears: "connected" | "both" | "own";
};

/** How the debits of a bank account end: after how many seconds, and whether the bank refuses. */
export type DebitBehaviour = {
  after: number;
  fails: boolean;
  /** Why it fails. */
  code?: string;
  /** Whether it never ends, until it is called off. */
  stays?: boolean;
  /** Whether the holder contests it once it is paid. */
  disputed?: boolean;
  /** Whether small deposits do not arrive. */
  noDeposits?: boolean;
  /** Whether Stripe blocks every payment as too risky, before the bank hears of it. */
  blocked?: boolean;
};

/** Usage by the time that it is for; there is one entry for a time. */
export type UsageRecords = Array<{ timestamp: number; quantity: number }>;

/** What was charged for an item and a period, after discounts, in the minor unit. */
export type Billed = {
  amount: number;
  start: number;
  end: number;
  /** Its price's id, and how many of it; null where an earlier version did not note it. */
  price: string | null;
  quantity: number | null;
  /** The invoice and its lines that asked for it. */
  invoice: string | null;
  lines: string[];
  /** The invoice item that asks for it, or asked until it was put on an invoice. */
  item: string | null;
  /** What discounts took off it. */
  taken: Array<{ amount: number; discount: string }>;
};

/** What Stripe knows and does not show, by the id of the object it belongs to. */
export type Hidden = {
  cards: Table<CardBehaviour>;
  /** A confirmation token → the payment method that it stands for: a stored one, or one that it brings. */
  tokenMethods: Table<Wire.PaymentMethod>;
  /** A token of a typed card, and the card as a payment method that it will be. */
  cardTokens: Table<{ method: Wire.PaymentMethod; token: Wire.Token }>;
  /** A customer session's client secret → the session. */
  customerSessions: Table<Wire.CustomerSession>;
  /** A customer's id → its IP address, which `tax` shows when a request expands it. */
  customerIps: Table<string>;
  checkouts: Table<HiddenCheckout>;
  /** The token in the address at which an expired session can be recovered → the session's id. */
  recoveries: Table<string>;
  /** A bank account's payment method → how its debits end. */
  debitAccounts: Table<DebitBehaviour>;
  /** An intent whose debit is on its way → when and how it ends, in seconds, and the checkout that waits for it. */
  debits: Table<{ at: number; fails: boolean; session: string | null }>;
  /** Payment methods of bank accounts that small deposits have verified. */
  verifiedAccounts: Table<true>;
  /** A dispute whose evidence wins → when its issuer says so, in seconds. */
  disputesWon: Table<number>;
  /** An inquiry whose evidence does not convince → when its issuer takes the money, in seconds. */
  inquiriesEscalated: Table<number>;
  /** The token in a portal session's address → the session's id. */
  portalTokens: Table<string>;
  /** By the id of a webhook endpoint or event destination. */
  endpoints: Table<HiddenEndpoint>;
  /** What continues once an intent's 3-D Secure step or confirmation has succeeded. */
  waiting: Table<Waiting>;
  /** An intent's id → where its confirmation asked to return to. */
  returnUrls: Table<string>;
  /** An invoice's id → its default invoice payment. */
  paymentOfInvoice: Table<string>;
  /** A payment intent's id → the invoice that it pays. */
  invoiceOfIntent: Table<string>;
  /** The token in a hosted invoice's address → the invoice's id. */
  invoiceTokens: Table<string>;
  /** A quote's id → its line items and how each is priced. */
  quoteLines: Table<Wire.LineItem[]>;
  /** A payment link's id → its line items and how many of each may be bought. */
  paymentLinkLines: Table<Wire.LineItem[]>;
  /** A payment link's id → what its sessions are like, as the app gave it. */
  paymentLinkTerms: Table<PaymentLinkTerms>;
  /** Links of an earlier API version, whose subscriptions are in classic billing mode. */
  classicLinks: Table<true>;
  /** A subscription item's id → what was charged for its running period, oldest first. */
  billed: Table<Billed[]>;
  /** A paused subscription's id → how it resumes once its invoice is paid. */
  resumptions: Table<Resumption>;
  /** Trials whose end was announced. */
  trialsAnnounced: Table<number>;
  /** What else was announced, by the announcement's id: the time that it was about, in seconds. */
  announced: Table<number>;
  /** When the events of the log were logged, oldest first; their counts add up to the length of the log. */
  logged: LoggedBatch[];
  /** A coupon's parts that are only shown when a request expands them. */
  couponParts: Table<Pick<Wire.Coupon, "applies_to" | "currency_options">>;
  /** Deleted coupons, which earlier discounts still use. */
  deletedCoupons: Table<Wire.Coupon>;
  /** Discounts that were removed or ran out; invoices still refer to them. */
  deletedDiscounts: Table<true>;
  /** A file's id → its bytes as base64, and the type that it is served as. */
  fileContents: Table<{ data: string; type: string }>;
  /** The token in a file link's address → the link's id. */
  fileLinkTokens: Table<string>;
  /** An invoice line's id → the billing credits that pay for it. */
  creditsOfLine: Table<Array<{ amount: number; credit_balance_transaction: string }>>;
  /** An invoice line's id → the tax rates of its own, if it has any. */
  taxRatesOfLine: Table<string[]>;
  /** An invoice item's id → whether its amount contains its tax, where the request said. */
  taxBehaviorOfItem: Table<"exclusive" | "inclusive">;
  /** A price's id → what Stripe shows of it only when a request expands it. */
  priceParts: Table<PriceParts>;
  /** Prices that are sold just now although they are off sale. */
  soldAnyway: Table<true>;
  /** What the meters count, by meter and customer, in the order of arrival. */
  usage: Table<UsageEvent[]>;
  /** A metered price without a meter, made in a version before basil → how its usage counts. */
  aggregates: Table<string>;
  /** A subscription item → what was reported for it, the earliest first. */
  usageRecords: Table<UsageRecords>;
  /** A meter event's identifier → its last report; it may come again a day later. */
  usageIdentifiers: Table<SeenUsage>;
  /** An alert and a customer (`alrt_1Q/cus_1Q`) → the usage that the alert has seen, as a decimal. */
  alertTotals: Table<string>;
  /** The token of a meter event session → when it expires, in seconds. */
  meterSessions: Table<number>;
  /** A customer's id → what the customer was last announced to be entitled to. */
  entitlements: Table<Wire.ActiveEntitlement[]>;
  /** A product feature's id → its product. */
  featureProducts: Table<string>;
  /** A connected account's id → what its owner told, and how far they are trusted. */
  sellers: Table<Seller>;
  /** The token in the address of an onboarding form → its link. */
  accountLinks: Table<HiddenLink>;
  /** A charge with an application fee → how much of the fee its refunds gave back. */
  feesReturned: Table<number>;
};

export const createHidden = (): Hidden => ({
  cards: {},
  tokenMethods: {},
  cardTokens: {},
  customerSessions: {},
  customerIps: {},
  checkouts: {},
  recoveries: {},
  debitAccounts: {},
  debits: {},
  verifiedAccounts: {},
  disputesWon: {},
  inquiriesEscalated: {},
  portalTokens: {},
  endpoints: {},
  waiting: {},
  returnUrls: {},
  paymentOfInvoice: {},
  invoiceOfIntent: {},
  invoiceTokens: {},
  quoteLines: {},
  paymentLinkLines: {},
  paymentLinkTerms: {},
  classicLinks: {},
  billed: {},
  resumptions: {},
  trialsAnnounced: {},
  announced: {},
  logged: [],
  couponParts: {},
  deletedCoupons: {},
  deletedDiscounts: {},
  fileContents: {},
  fileLinkTokens: {},
  creditsOfLine: {},
  taxRatesOfLine: {},
  taxBehaviorOfItem: {},
  priceParts: {},
  soldAnyway: {},
  usage: {},
  aggregates: {},
  usageRecords: {},
  usageIdentifiers: {},
  alertTotals: {},
  meterSessions: {},
  entitlements: {},
  featureProducts: {},
  sellers: {},
  accountLinks: {},
  feesReturned: {},
});
