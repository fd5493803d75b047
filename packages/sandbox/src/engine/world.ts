import type { CardBehaviour } from "./test-cards.js";
import type * as Wire from "./wire.js";

export type Table<T> = Record<string, T>;

/** What a checkout session will do once it is paid; Stripe keeps it to itself. */
export type CheckoutIntent = {
  lineItems: Wire.LineItem[];
  adjustable: boolean;
  subscription: {
    metadata: Record<string, string>;
    description: string | null;
    trialEnd: number | null;
    trialPeriodDays: number | null;
    missingPaymentMethod: "cancel" | "create_invoice" | "pause";
  };
  paymentMetadata: Record<string, string>;
  setupFutureUsage: "off_session" | "on_session" | null;
  /** The subscription or intent that waits for a 3-D Secure step. */
  waitingFor: string | null;
  /** Filled in on the page, kept until the session completes. */
  payer: { email: string | null; name: string | null; paymentMethod: string | null };
};

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
  charges: Table<Wire.Charge>;
  refunds: Table<Wire.Refund>;
  portalSessions: Table<Wire.PortalSession>;
  portalConfigurations: Table<Wire.PortalConfiguration>;
  webhookEndpoints: Table<Wire.WebhookEndpoint>;
  /** The event log, oldest first. */
  events: Wire.StripeEvent[];
  /** What Stripe knows and does not show, by the id of the object it belongs to. */
  hidden: {
    cards: Table<CardBehaviour>;
    checkouts: Table<CheckoutIntent>;
    /** The token in a portal session's address → the session's id. */
    portalTokens: Table<string>;
    endpointSecrets: Table<string>;
    /** Payment intent or setup intent → the checkout session or invoice that waits for it. */
    returnUrls: Table<string>;
  };
};

/** An account in which nothing has happened yet. */
export const createWorld = (account: Wire.Account): World => ({
  account,
  products: {},
  prices: {},
  customers: {},
  deletedCustomers: {},
  paymentMethods: {},
  checkoutSessions: {},
  subscriptions: {},
  invoices: {},
  invoicePayments: {},
  paymentIntents: {},
  setupIntents: {},
  charges: {},
  refunds: {},
  portalSessions: {},
  portalConfigurations: {},
  webhookEndpoints: {},
  events: [],
  hidden: { cards: {}, checkouts: {}, portalTokens: {}, endpointSecrets: {}, returnUrls: {} },
});
