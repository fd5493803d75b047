import type { PlanOffer } from "@tollgate/core";
import type { ChangeRequest } from "@tollgate/core/contract";
import type Stripe from "stripe";
import { newUser, type World } from "./world.js";

/** Somebody who has bought a plan and changes it. */
export interface Changer {
  readonly user: string;
  readonly customer: string;
  /** What the provider has. */
  subscription(): Promise<Stripe.Subscription>;
  /** What the provider charged in all, in minor units. */
  charged(): Promise<number>;
  invoices(): Promise<readonly Stripe.Invoice[]>;
  /** Makes a card the one that pays. */
  payWith(card: string): Promise<void>;
  preview(choice: ChangeRequest): ReturnType<World["call"]>;
  change(choice: ChangeRequest): ReturnType<World["call"]>;
  /** Previews a change, makes it for what was shown, and gives both. */
  agree(choice: ChangeRequest): ReturnType<typeof agreeTo>;
  undo(): ReturnType<World["call"]>;
  access(): Promise<{
    planId: string;
    subscription: Record<string, unknown> | null;
    offers: Readonly<Record<string, PlanOffer>>;
  }>;
  /** Delivers everything that the provider has to say about them. */
  hear(): Promise<void>;
  /** Confirms a payment at the bank, or fails to. */
  confirm(clientSecret: string, outcome: "succeed" | "fail"): Promise<void>;
}

/** Buys a plan, and comes back from the checkout. */
export async function newChanger(world: World, body: Record<string, unknown>): Promise<Changer> {
  const user = newUser();
  world.tick(60);
  const checkout = await world.buy(user, body);
  await world.call("GET", `/checkout/${checkout}`, { as: user });
  const link = await world.billing.customers.find(user);
  return changerOf(world, user, link?.providerCustomerId ?? "");
}

/** Somebody who has bought a plan already, in the test's own way. */
export function changerOf(world: World, user: string, customer: string): Changer {
  const post = (path: string, given: object) => world.call("POST", path, { as: user, body: given });
  const { dashboard } = world;
  const subscription = async () => {
    const { data } = await dashboard.subscriptions.list({ customer, status: "all" });
    if (data[0] === undefined) throw new Error("They have no subscription.");
    return data[0];
  };
  const changer: Changer = {
    user,
    customer,
    subscription,
    async charged() {
      const { data } = await dashboard.charges.list({ customer, limit: 100 });
      return data.reduce((sum, { amount_captured }) => sum + amount_captured, 0);
    },
    invoices: async () => (await dashboard.invoices.list({ customer, limit: 100 })).data,
    async payWith(card) {
      const { id } = await dashboard.paymentMethods.attach(card, { customer });
      await dashboard.customers.update(customer, { invoice_settings: { default_payment_method: id } });
      await dashboard.subscriptions.update((await subscription()).id, { default_payment_method: id });
    },
    preview: (choice) => post("/subscription/preview", choice),
    change: (choice) => post("/subscription/change", choice),
    agree: (choice) => agreeTo(changer, choice),
    undo: () => post("/subscription/undo-change", {}),
    access: async () => (await world.call("GET", "/access", { as: user })).body,
    async hear() {
      // The provider forgets events after 30 days: also the one that says whose the customer is.
      const isOfThem = (object: object) => Object.values(object).includes(customer);
      const mine = world.sandbox.events().filter(({ data }) => isOfThem(data.object));
      for (const event of mine) await world.deliver(event);
      await world.billing.runJobs();
    },
    async confirm(clientSecret, outcome) {
      const form = new FormData();
      form.set("outcome", outcome);
      const [intent] = clientSecret.split("_secret_");
      await fetch(`${world.sandbox.url}/3ds/${intent}`, { method: "POST", body: form, redirect: "manual" });
    },
  };
  return changer;
}

async function agreeTo(changer: Changer, choice: ChangeRequest) {
  const { body: preview, status } = await changer.preview(choice);
  if (status !== 200) throw new Error(`It can't be previewed: ${JSON.stringify(preview)}`);
  const before = await changer.charged();
  const answer = await changer.change({ ...choice, preview: preview.token });
  return { preview, answer, paid: (await changer.charged()) - before };
}
