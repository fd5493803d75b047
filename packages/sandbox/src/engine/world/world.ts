import type { Chaos } from "./chaos.js";
import { createHidden, type Hidden, type Table } from "./hidden.js";
import type { RestrictedKey } from "./permissions.js";
import { createSettings, type Settings } from "./settings.js";
import { createTable } from "./table.js";
import type * as Wire from "./wire.js";

export type { Table } from "./hidden.js";

/** One sandbox account: plain data, changed only by the engine's functions. */
export type World = {
  account: Wire.Account;
  products: Table<Wire.Product>;
  prices: Table<Wire.Price>;
  customers: Table<Wire.Customer>;
  deletedCustomers: Table<true>;
  paymentMethods: Table<Wire.PaymentMethod>;
  checkoutSessions: Table<Wire.CheckoutSession>;
  subscriptions: Table<Wire.Subscription>;
  invoices: Table<Wire.Invoice>;
  invoicePayments: Table<Wire.InvoicePayment>;
  paymentIntents: Table<Wire.PaymentIntent>;
  setupIntents: Table<Wire.SetupIntent>;
  setupAttempts: Table<Wire.SetupAttempt>;
  charges: Table<Wire.Charge>;
  refunds: Table<Wire.Refund>;
  portalSessions: Table<Wire.PortalSession>;
  portalConfigurations: Table<Wire.PortalConfiguration>;
  webhookEndpoints: Table<Wire.WebhookEndpoint>;
  alerts: Table<Wire.Alert>;
  balanceTransactions: Table<Wire.BalanceTransaction>;
  confirmationTokens: Table<Wire.ConfirmationToken>;
  coupons: Table<Wire.Coupon>;
  creditBalanceTransactions: Table<Wire.CreditBalanceTransaction>;
  creditGrants: Table<Wire.CreditGrant>;
  creditNotes: Table<Wire.CreditNote>;
  customerBalanceTransactions: Table<Wire.CustomerBalanceTransaction>;
  discounts: Table<Wire.Discount>;
  disputes: Table<Wire.Dispute>;
  earlyFraudWarnings: Table<Wire.EarlyFraudWarning>;
  features: Table<Wire.Feature>;
  feedbackOptions: Table<Wire.FeedbackOption>;
  fileLinks: Table<Wire.FileLink>;
  files: Table<Wire.StripeFile>;
  invoiceItems: Table<Wire.InvoiceItem>;
  meters: Table<Wire.Meter>;
  paymentLinks: Table<Wire.PaymentLink>;
  paymentMethodConfigurations: Table<Wire.PaymentMethodConfiguration>;
  productFeatures: Table<Wire.ProductFeature>;
  promotionCodes: Table<Wire.PromotionCode>;
  quotes: Table<Wire.Quote>;
  shippingRates: Table<Wire.ShippingRate>;
  subscriptionSchedules: Table<Wire.SubscriptionSchedule>;
  applicationFees: Table<Wire.ApplicationFee>;
  feeRefunds: Table<Wire.FeeRefund>;
  payouts: Table<Wire.Payout>;
  transfers: Table<Wire.Transfer>;
  transferReversals: Table<Wire.TransferReversal>;
  taxIds: Table<Wire.TaxId>;
  taxRates: Table<Wire.TaxRate>;
  taxRegistrations: Table<Wire.TaxRegistration>;
  /** One row at most, once they were changed: what they are until then follows from the settings. */
  taxSettings: Table<Wire.TaxSettings>;
  testClocks: Table<Wire.TestClock>;
  /** How this account bills; the dashboard and the start options change it. */
  settings: Settings;
  /** The event log, oldest first. */
  events: Wire.StripeEvent[];
  /** Thin events without a snapshot twin, oldest first; the twins follow from `events`. */
  thinEvents: Wire.ThinEvent[];
  eventDestinations: Table<Wire.EventDestination>;
  /** Whether this is the world of an account that is connected to the sandbox's own. */
  connected: boolean;
  /** The accounts connected to this one; each has a world of its own. */
  accounts: Table<Wire.Account>;
  /** Keys that may do only some things. */
  restrictedKeys: Table<RestrictedKey>;
  /** How deliveries go wrong on purpose: at every endpoint, and at single ones (by id), which comes first. */
  chaos: { everywhere: Chaos | null; at: Table<Chaos> };
  /** What Stripe knows and does not show, by the id of the object it belongs to. */
  hidden: Hidden;
};

/** An account in which nothing has happened yet. */
export const createWorld = (account: Wire.Account, settings: Settings = createSettings()): World => ({
  account,
  products: createTable(),
  prices: createTable(),
  customers: createTable(),
  deletedCustomers: createTable(),
  paymentMethods: createTable(),
  checkoutSessions: createTable(),
  subscriptions: createTable(),
  invoices: createTable(),
  invoicePayments: createTable(),
  paymentIntents: createTable(),
  setupIntents: createTable(),
  setupAttempts: createTable(),
  charges: createTable(),
  refunds: createTable(),
  portalSessions: createTable(),
  portalConfigurations: createTable(),
  webhookEndpoints: createTable(),
  alerts: createTable(),
  balanceTransactions: createTable(),
  confirmationTokens: createTable(),
  coupons: createTable(),
  creditBalanceTransactions: createTable(),
  creditGrants: createTable(),
  creditNotes: createTable(),
  customerBalanceTransactions: createTable(),
  discounts: createTable(),
  disputes: createTable(),
  earlyFraudWarnings: createTable(),
  features: createTable(),
  feedbackOptions: createTable(),
  fileLinks: createTable(),
  files: createTable(),
  invoiceItems: createTable(),
  meters: createTable(),
  paymentLinks: createTable(),
  paymentMethodConfigurations: createTable(),
  productFeatures: createTable(),
  promotionCodes: createTable(),
  quotes: createTable(),
  shippingRates: createTable(),
  subscriptionSchedules: createTable(),
  applicationFees: createTable(),
  feeRefunds: createTable(),
  payouts: createTable(),
  transfers: createTable(),
  transferReversals: createTable(),
  taxIds: createTable(),
  taxRates: createTable(),
  taxRegistrations: createTable(),
  taxSettings: createTable(),
  testClocks: createTable(),
  settings,
  events: [],
  thinEvents: [],
  eventDestinations: createTable(),
  connected: false,
  accounts: createTable(),
  restrictedKeys: createTable(),
  chaos: { everywhere: null, at: {} },
  hidden: createHidden(),
});
