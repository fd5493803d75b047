import type { CallbackData, CallbackType, Store } from "@tollgate/core";
import { expect } from "vitest";
import { newUser, openWorld, type World, type WorldOptions } from "./world.js";

const types = [
  ...(["refund.pending", "refund.succeeded", "refund.failed", "subscription.ended"] as const),
  ...(["dispute.opened", "dispute.closed", "fraud_warning.received"] as const),
];
interface Told {
  readonly type: CallbackType;
  readonly data: CallbackData["refund.failed"] & Partial<CallbackData["dispute.opened"]>;
}

/** Somebody who has paid for `starter`, 9.00 a month. */
export interface Payer {
  readonly user: string;
  readonly customer: string;
  readonly invoiceId: string;
  readonly subscriptionId: string;
}

export interface Returns {
  readonly world: World;
  readonly store: Store;
  begin(options?: { readonly card?: string; readonly balance?: number }): Promise<Payer>;
  /** Delivers everything that the provider has told so far, again, and runs what waits. */
  settle(user: string): Promise<void>;
  latestInvoice(customer: string): Promise<string>;
  charges(customer: string): ReturnType<World["dashboard"]["charges"]["list"]>;
  /** What a bank or a network does about a charge: `dispute`, `early_fraud_warning`. */
  act(charge: string | undefined, what: string, params?: Record<string, string>): Promise<void>;
  told(user: string): readonly Told[];
  names(user: string): readonly CallbackType[];
  plan(user: string): Promise<string>;
}

/** A world in which money goes back. */
export async function openReturns(options: WorldOptions): Promise<Returns> {
  const told: Told[] = [];
  const note = (type: CallbackType) => (data: unknown) =>
    void told.push({ type, data: data as Told["data"] });
  const on = Object.fromEntries(types.map((type) => [type, note(type)]));
  const world = await openWorld({ jobs: "manual", rateLimits: false, on, ...options });
  const { store } = options;
  const { dashboard } = world;
  const returns: Returns = {
    ...{ world, store },
    async begin({ card = "4242 4242 4242 4242", balance = 0 } = {}) {
      const user = newUser();
      world.tick(60);
      const body = { planId: "starter", interval: "month" };
      const { body: checkout } = await world.call("POST", "/checkout", { as: user, body });
      const customer = (await store.findCustomer(user, "stripe"))?.providerCustomerId ?? "";
      if (balance !== 0) await dashboard.customers.update(customer, { balance });
      await world.pay(checkout.id, card);
      await returns.settle(user);
      const [subscription] = await store.listSubscriptions(user);
      const invoiceId = await returns.latestInvoice(customer);
      return { user, customer, invoiceId, subscriptionId: subscription?.id ?? "" };
    },
    async settle(user) {
      const customer = (await store.findCustomer(user, "stripe"))?.providerCustomerId ?? "";
      const ids = new Set([customer, ...(await returns.charges(customer)).data.map(({ id }) => id)]);
      for (const event of world.sandbox.events()) {
        const { customer: of, charge } = event.data.object as Readonly<Record<string, unknown>>;
        if (!ids.has(String(of)) && !ids.has(String(charge))) continue;
        expect((await world.deliver(event)).status).toBe(200);
      }
      for (;;) {
        const { callbacks, jobs, done } = await world.billing.runJobs();
        if (done && callbacks + jobs === 0) return;
      }
    },
    latestInvoice: async (customer) =>
      (await dashboard.invoices.list({ customer, limit: 1 })).data[0]?.id ?? "",
    charges: (customer) => dashboard.charges.list({ customer, limit: 100 }),
    async act(charge, what, params = {}) {
      await dashboard.rawRequest("POST", `/v1/sandbox/charges/${charge}/${what}`, params);
    },
    told: (user) => told.filter(({ data }) => data.customerId === user),
    names: (user) => returns.told(user).map(({ type }) => type),
    plan: async (user) => (await world.call("GET", "/access", { as: user })).body.planId,
  };
  return returns;
}
