import type Stripe from "stripe";
import { beforeEach, describe, expect, test } from "vitest";
import { type Connected, connect, payer, recurringPrice } from "../../../test/connect.js";

type Update = NonNullable<Stripe.BillingPortal.ConfigurationCreateParams.Features["subscription_update"]>;
type Offered = NonNullable<Exclude<Update["products"], "">>[number];

let world: Connected;
let starter: Stripe.Price;
let pro: Stripe.Price;
let customer: string;

beforeEach(async () => {
  const start = new Date("2026-03-01T00:00:00Z");
  world = await connect({ clock: () => start });
  starter = await recurringPrice(world.stripe, 900, "month", "Starter");
  pro = await recurringPrice(world.stripe, 2900, "month", "Pro");
  customer = (await payer(world.stripe)).id;
});

const offer = (price: Stripe.Price, adjustable_quantity?: Offered["adjustable_quantity"]): Offered => ({
  product: String(price.product),
  prices: [price.id],
  ...(adjustable_quantity && { adjustable_quantity }),
});

const subscribe = (price: Stripe.Price, more: Partial<Stripe.SubscriptionCreateParams> = {}, quantity = 1) =>
  world.stripe.subscriptions.create({ customer, items: [{ price: price.id, quantity }], ...more });

async function openPortal(update: Partial<Update>): Promise<string> {
  const { id } = await world.stripe.billingPortal.configurations.create({
    features: {
      subscription_cancel: { enabled: true },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ["price", "quantity"],
        products: [offer(starter), offer(pro)],
        proration_behavior: "always_invoice",
        ...update,
      },
    },
  });
  return (await world.stripe.billingPortal.sessions.create({ customer, configuration: id })).url;
}

async function post(url: string): Promise<number> {
  return (await fetch(url, { method: "POST", redirect: "manual" })).status;
}

/** Confirms the switch on the portal's page, and returns the subscription after it. */
async function switchTo(url: string, { id }: Stripe.Subscription, price: Stripe.Price, query = "") {
  expect(await post(`${url}/switch/${id}/${price.id}${query}`)).toBe(303);
  return world.stripe.subscriptions.retrieve(id);
}

describe("the quantity of a switch", () => {
  test("stays what it is where the product's can't be adjusted", async () => {
    const team = await subscribe(starter, {}, 5);
    const switched = await switchTo(await openPortal({}), team, pro);
    expect(switched.items.data[0]).toMatchObject({ price: { id: pro.id }, quantity: 5 });
  });

  const between = { enabled: true, minimum: 2, maximum: 4 };

  test.each([
    ["raised to the product's minimum", 1, "", 2],
    ["lowered to its maximum", 9, "", 4],
    ["kept within its range", 3, "", 3],
    ["what the person chose within its range", 3, "?quantity=4", 4],
    ["never what the person chose beyond it", 3, "?quantity=5", 3],
  ])("is %s where it can be adjusted", async (_name, before, query, after) => {
    const subscription = await subscribe(starter, {}, before);
    const url = await openPortal({ products: [offer(starter), offer(pro, between)] });
    const switched = await switchTo(url, subscription, pro, query);
    expect(switched.items.data[0]).toMatchObject({ price: { id: pro.id }, quantity: after });
  });
});

describe("a switch during a trial", () => {
  const invoiced = async () => {
    const { data } = await world.stripe.invoices.list({ customer });
    return data.reduce((sum, invoice) => sum + invoice.amount_paid, 0);
  };

  test("ends it and is paid at once, unless the configuration says otherwise", async () => {
    const trial = await subscribe(starter, { trial_period_days: 14 });
    const switched = await switchTo(await openPortal({}), trial, pro);
    expect(switched).toMatchObject({ status: "active", items: { data: [{ price: { id: pro.id } }] } });
    expect(await invoiced()).toBe(2900);
  });

  test("continues and costs nothing with continue_trial", async () => {
    const trial = await subscribe(starter, { trial_period_days: 14 });
    const switched = await switchTo(
      await openPortal({ trial_update_behavior: "continue_trial" }),
      trial,
      pro,
    );
    expect(switched).toMatchObject({
      status: "trialing",
      trial_end: trial.trial_end,
      items: { data: [{ price: { id: pro.id } }] },
    });
    expect(await invoiced()).toBe(0);
  });
});

describe("a change that waits for the period's end", () => {
  const conditions = [{ type: "decreasing_item_amount" }, { type: "shortening_interval" }] as const;
  const schedule_at_period_end = { conditions: [...conditions] };

  test("is a schedule, which changes the plan with the period and then releases it", async () => {
    const subscription = await subscribe(pro);
    const url = await openPortal({ schedule_at_period_end });
    const waiting = await switchTo(url, subscription, starter);
    expect(waiting.items.data[0]?.price.id).toBe(pro.id);
    const schedule = await world.stripe.subscriptionSchedules.retrieve(String(waiting.schedule));
    expect(schedule).toMatchObject({
      status: "active",
      end_behavior: "release",
      phases: [{ items: [{ price: pro.id }] }, { items: [{ price: starter.id, quantity: 1 }] }],
    });
    world.sandbox.advance(new Date("2026-04-01T03:00:00Z"));
    expect((await world.stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.price.id).toBe(
      starter.id,
    );
    const { data } = await world.stripe.invoices.list({ customer });
    expect(data.map(({ total }) => total)).toEqual([900, 2900]);
  });

  test("fewer seats wait, more don't; a shorter interval waits, a longer one doesn't", async () => {
    const yearly = await world.stripe.prices.create({
      product: String(pro.product),
      currency: "usd",
      unit_amount: 29_000,
      recurring: { interval: "year" },
    });
    const seats = { enabled: true, minimum: 1, maximum: 50 };
    const products = [{ ...offer(pro, seats), prices: [pro.id, yearly.id] }];
    const url = await openPortal({ schedule_at_period_end, products });
    const subscription = await subscribe(pro, {}, 5);
    const more = await switchTo(url, subscription, pro, "?quantity=6");
    expect([more.items.data[0]?.quantity, more.schedule]).toEqual([6, null]);
    const longer = await switchTo(url, subscription, yearly, "?quantity=6");
    expect([longer.items.data[0]?.price.id, longer.schedule]).toEqual([yearly.id, null]);
    const shorter = await switchTo(url, subscription, pro, "?quantity=6");
    expect([shorter.items.data[0]?.price.id, typeof shorter.schedule]).toEqual([yearly.id, "string"]);
    expect(await post(`${url}/keep/${subscription.id}`)).toBe(303);
    const fewer = await switchTo(url, subscription, yearly, "?quantity=2");
    expect([fewer.items.data[0]?.quantity, typeof fewer.schedule]).toEqual([6, "string"]);
  });

  test("can be taken back; until then nothing else can be changed or cancelled", async () => {
    const subscription = await subscribe(pro);
    const url = await openPortal({ schedule_at_period_end });
    await switchTo(url, subscription, starter);
    const page = await (await fetch(url)).text();
    expect(page).toContain("/keep/");
    expect(page).not.toMatch(/\/(switch|cancel)\//);
    const before = await world.stripe.subscriptions.retrieve(subscription.id);
    await post(`${url}/cancel/${subscription.id}`);
    await post(`${url}/switch/${subscription.id}/${starter.id}`);
    expect(await world.stripe.subscriptions.retrieve(subscription.id)).toEqual(before);
    await post(`${url}/keep/${subscription.id}`);
    expect((await world.stripe.subscriptions.retrieve(subscription.id)).schedule).toBeNull();
    expect(await post(`${url}/cancel/${subscription.id}`)).toBe(303);
  });
});
