import type { Interval, IsoTime } from "@tollgate/core";

/** A price that somebody made by hand. Its trial is its own: a checkout can't change it. */
export interface Price {
  readonly id: string;
  /** In minor units. */
  readonly amount: number;
  readonly currency: string;
  /** `null`: it is paid once. */
  readonly interval: Interval | null;
  readonly trialDays: number;
}

export interface Checkout {
  /** What the seller left in it when it was opened by API; nobody else can write it. */
  readonly custom: Readonly<Record<string, string>>;
  readonly priceId: string;
  readonly quantity: number;
  readonly customerId: string | null;
  orderId: string | null;
}

export interface Customer {
  readonly id: string;
  readonly email: string;
  readonly custom: Readonly<Record<string, string>>;
}

export interface Subscription {
  readonly id: string;
  readonly customerId: string;
  readonly custom: Readonly<Record<string, string>>;
  readonly byCheckout: boolean;
  readonly priceId: string;
  readonly quantity: number;
  readonly startedAt: IsoTime;
  readonly trialEndsAt: IsoTime | null;
  periodEnd: IsoTime;
  cancelAtPeriodEnd: boolean;
  endedAt: IsoTime | null;
}

export interface Order {
  readonly id: string;
  readonly customerId: string;
  readonly subscriptionId: string | null;
  readonly checkoutKey: string | null;
  readonly amount: number;
  readonly currency: string;
  refund: "none" | "waiting" | "made";
}

/** What happened, as it is told: one delivery may be of several things. It has neither an id nor a time of its own. */
export interface News {
  readonly name: "order_paid" | "subscription_changed" | "subscription_over";
  readonly order: Order | null;
  readonly subscription: Subscription | null;
  readonly checkout: Checkout | null;
  /** How much has happened so far: no two bodies are alike. */
  readonly version: number;
}

/** An account of a provider that is Stripe's opposite wherever it can be. Everything is in memory. */
export interface Account {
  readonly now: () => Date;
  readonly prices: Map<string, Price>;
  readonly checkouts: Map<string, Checkout[]>;
  readonly customers: Map<string, Customer>;
  readonly subscriptions: Map<string, Subscription>;
  readonly orders: Order[];
  /** The bodies of its deliveries, oldest first. */
  readonly sent: string[];
  nextId(kind: string): string;
  tell(news: Omit<News, "version">): void;
}

export function openAccount(now: () => Date = () => new Date()): Account {
  let ids = 0;
  const account: Account = {
    now,
    prices: new Map(),
    checkouts: new Map(),
    customers: new Map(),
    subscriptions: new Map(),
    orders: [],
    sent: [],
    nextId(kind) {
      ids += 1;
      return `${kind}_${String(ids).padStart(8, "0")}`;
    },
    tell(news) {
      account.sent.push(JSON.stringify({ ...news, version: account.sent.length }));
    },
  };
  return account;
}

export function makePrice(account: Account, price: Omit<Price, "id">): string {
  const id = account.nextId("price");
  account.prices.set(id, { id, ...price });
  return id;
}
