import type { CheckoutOffer } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import type { World } from "./world.js";

type PlanOffer = Extract<CheckoutOffer, { kind: "subscription" }>;

/** `starter`, monthly in dollars. */
const starterOffer: PlanOffer = {
  kind: "subscription",
  planId: "starter",
  group: "main",
  interval: "month",
  currency: "usd",
  quantity: 1,
  trialDays: 0,
};

/** Opens a checkout past everything that keeps it to one, as two tabs in the same moment might, and pays it. */
export async function payInAnotherTab(world: World, user: string, own: Partial<PlanOffer> = {}) {
  const customer = await customerOf(world, user);
  const { id } = await world.provider.checkout.open(
    {
      offer: { ...starterOffer, ...own },
      customerId: user,
      providerCustomerId: customer,
      database: await world.database(),
      successUrl: "https://app.example.com/?checkout={CHECKOUT_ID}",
      cancelUrl: "https://app.example.com/",
      idempotencyKey: crypto.randomUUID(),
    },
    buildCatalog(),
  );
  await world.pay(id);
  const subscriptionId = (await world.provider.checkout.read(id))?.subscriptionId;
  if (!subscriptionId) throw new Error(`The paid checkout ${id} has no subscription.`);
  return subscriptionId;
}

/** The provider's customer that the app made for a user; the latest. */
export async function customerOf(world: World, user: string): Promise<string> {
  const created = world.events(user, "customer.created").at(-1);
  if (created === undefined) throw new Error(`${user} is nobody at the provider.`);
  return (created.data.object as { id: string }).id;
}

/** What became of a user's money and subscriptions at the provider. */
export async function booksOf(world: World, user: string) {
  const customer = await customerOf(world, user);
  const [{ data: charges }, { data: subscriptions }] = await Promise.all([
    world.dashboard.charges.list({ customer, limit: 100, expand: ["data.refunds"] }),
    world.dashboard.subscriptions.list({ customer, status: "all", limit: 100 }),
  ]);
  const running = subscriptions.filter(({ status }) => status !== "canceled");
  return {
    running: running.map(({ id }) => id).sort(),
    charged: charges.reduce((sum, { amount_captured }) => sum + amount_captured, 0),
    refunded: charges.reduce((sum, { amount_refunded }) => sum + amount_refunded, 0),
    refunds: charges.reduce((sum, { refunds }) => sum + (refunds?.data.length ?? 0), 0),
  };
}
