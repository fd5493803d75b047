import { BillingError, type BillingProvider, type Catalog, defaultApp } from "@tollgate/core";
import { type Account, openAccount } from "./account.js";
import { cancel } from "./cancel.js";
import { createEndings } from "./endings.js";
import { comparePrices, makeByHand, type PriceIds } from "./mapped-prices.js";
import { openCheckout, readCheckout } from "./overlay-checkout.js";
import { receiveEvents, tells, verifyHeaders } from "./receive-events.js";
import { groupsOf, toCustomer, toFound, toSubscription, type View } from "./to-subscription.js";

export interface OtherProviderOptions {
  readonly account: Account;
  /** What the ids of its prices are, and which plans they are of. */
  readonly prices: PriceIds;
  readonly plans: Catalog;
  readonly webhookSecret: string;
}

/** A provider in memory that can do as little as one may: the opposite of Stripe in each of the port's groups. */
export function otherProvider(options: OtherProviderOptions, app: string = defaultApp): BillingProvider {
  const { account, prices, plans, webhookSecret } = options;
  const view: View = { account, provider: "other", prices, groups: groupsOf(plans) };
  const asOf = () => account.now().toISOString();
  const find = (id: string) => account.subscriptions.get(id);
  return {
    id: "other",
    mode: "test",
    missing: [],
    unfit: [],
    requestsPerSecond: 1_000,
    forApp: (name) => otherProvider(options, name),
    catalog: { kind: "mapped", compare: async (catalog) => comparePrices(account, prices, catalog) },
    customers: {
      kind: "made_by_checkout",
      async read(id) {
        const customer = account.customers.get(id);
        return customer === undefined ? null : toCustomer(customer);
      },
    },
    checkout: {
      kinds: ["overlay"],
      trials: "per_price",
      models: ["flat", "per_seat"],
      products: true,
      expires: false,
      idempotent: false,
      open: async (input, catalog) => openCheckout(view, app, input, catalog),
      read: async (id) => readCheckout(view, id),
    },
    manage: {
      portal: {
        cancels: false,
        switches: null,
        updatesPaymentMethod: false,
        async open({ providerCustomerId, flow }) {
          if (flow !== undefined) throw new BillingError("not_supported", "There is a start page only.");
          return { url: `https://other.example/portal/${providerCustomerId}` };
        },
      },
      cancels: ["period_end"],
      refunds: "pending",
      cancel: async (input) => cancel(account, input),
      endings: createEndings(account),
    },
    subscriptions: {
      async read({ id }) {
        const one = find(id);
        return { value: one === undefined ? null : toSubscription(view, one), asOf: asOf() };
      },
      async inspect({ id }) {
        const one = find(id);
        return { value: one === undefined ? null : toFound(view, one), asOf: asOf() };
      },
      async listOf({ providerCustomerId }) {
        const all = [...account.subscriptions.values()].filter(
          (one) => one.customerId === providerCustomerId,
        );
        return { items: all.map((one) => toFound(view, one)), next: null, asOf: asOf() };
      },
    },
    events: {
      tells,
      clock: "none",
      signsTime: false,
      verifyHeaders: ({ headers }) => void verifyHeaders(headers),
      receive: async (input) => receiveEvents(view, webhookSecret, input),
      history: null,
    },
    contentSecurity: (kind) => (kind === "overlay" ? { "script-src": ["https://other.example"] } : {}),
  };
}

/** An account with everything of a catalog in it, and its provider. */
export function openOther(plans: Catalog, now?: () => Date) {
  const account = openAccount(now);
  const options = { account, plans, prices: makeByHand(account, plans), webhookSecret: "shared secret" };
  return { account, options, provider: otherProvider(options) };
}
