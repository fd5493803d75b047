import { afterAll, beforeAll, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { addOnCatalog } from "./add-on-catalog.js";
import { type Changer, newChanger } from "./changer.js";
import { openWorld, type World } from "./world.js";

// What can be done while a change with add-ons waits for the period's end: at Stripe a schedule holds the subscription.

const day = 86_400;
const starter = { planId: "starter", interval: "month" };
const forty = { planId: "team", interval: "month", quantity: 40, addOns: { help: 1 } };
/** A whole year from the end of the month on, which is less than the month. */
const year = { planId: "pro", interval: "year", addOns: { storage: 2 } } as const;

let world: World;
beforeAll(async () => {
  world = await openWorld({ store: memory(), jobs: "manual", rateLimits: false, plans: addOnCatalog });
});
afterAll(() => world.close());

const post = (one: Changer, path: string, body: object = {}) =>
  world.call("POST", path, { as: one.user, body });
const linesAt = async (one: Changer) => {
  const { items } = await one.subscription();
  return items.data.map(
    ({ price, quantity }) => `${price.metadata.tollgate_plan ?? price.metadata.tollgate_addon}:${quantity}`,
  );
};
/** Time passes until what renews is paid; gives what was charged. */
const renew = async (one: Changer, days: number) => {
  const before = await one.charged();
  world.tick(days * day);
  world.tick(2 * 3600);
  await one.hear();
  return (await one.charged()) - before;
};
/** Team with help becomes Starter without it when the month is over. */
const waiting = async () => {
  const one = await newChanger(world, {
    planId: "team",
    interval: "month",
    quantity: 2,
    addOns: { help: 1 },
  });
  await one.agree({ planId: "starter", addOns: {} });
  return one;
};
/** Makes a card the default, as a person does. */
const payBy = async (one: Changer, card: string) => {
  const { id } = await world.dashboard.paymentMethods.attach(card, { customer: one.customer });
  expect(await post(one, `/payment-methods/${id}/default`)).toMatchObject({ status: 200 });
};
const pendingOf = async (one: Changer) => (await one.access()).subscription?.pendingChange;

test("it is cancelled, which gives up the change, and resumed as it was", async () => {
  const one = await waiting();
  expect(await post(one, "/subscription/cancel")).toMatchObject({
    status: 200,
    body: { access: { subscription: { pendingChange: null, cancelAt: expect.any(String) } } },
  });
  expect(await post(one, "/subscription/resume")).toMatchObject({ status: 200 });
  expect(await renew(one, 31)).toBe(4_500);
  expect(await linesAt(one)).toEqual(["team:2", "help:1"]);
});

test("it is cancelled while what it keeps waits with it, and nothing is billed after its end", async () => {
  const one = await newChanger(world, {
    planId: "team",
    interval: "month",
    quantity: 5,
    addOns: { help: 1 },
  });
  await one.agree({ planId: "team", quantity: 2 });
  expect(await pendingOf(one)).toMatchObject({ quantity: 2, addOns: { help: 1 } });
  expect(await post(one, "/subscription/cancel")).toMatchObject({ status: 200 });
  expect(await renew(one, 31)).toBe(0);
  expect(await renew(one, 62)).toBe(0);
});

test("seats are bought now, in place of what waited", async () => {
  const one = await waiting();
  const { preview, paid } = await one.agree({ planId: "team", quantity: 4 });
  expect(preview).toMatchObject({ kind: "more_seats", addOns: [{ addOnId: "help", becomes: "stays" }] });
  expect(paid).toBe(preview.dueNow);
  expect(await pendingOf(one)).toBeNull();
  expect(await renew(one, 31)).toBe(7_500);
});

test("the change happens, on its own terms, with a card that was made the default meanwhile", async () => {
  const one = await newChanger(world, forty);
  world.tick(3 * day);
  await one.agree(year);
  await payBy(one, "pm_card_mastercard");
  expect(await pendingOf(one)).toMatchObject({ interval: "year", addOns: { storage: 2 } });
  expect(await renew(one, 28)).toBe(39_000);
  expect(await linesAt(one)).toEqual(["pro:1", "storage:2"]);
  expect(await renew(one, 300)).toBe(0);
});

test("what is declined leaves it waiting, on its own terms", async () => {
  const one = await newChanger(world, forty);
  world.tick(3 * day);
  await one.agree(year);
  await one.payWith("pm_card_chargeCustomerFail");
  const declined = await one.agree({ planId: "team", quantity: 41 });
  expect(declined.answer).toMatchObject({ status: 402, body: { error: { code: "payment_failed" } } });
  await payBy(one, "pm_card_visa");
  expect(await pendingOf(one)).toMatchObject({ interval: "year", addOns: { storage: 2 } });
  expect(await renew(one, 28)).toBe(39_000);
  expect(await renew(one, 300)).toBe(0);
});

test("storage that is added is charged now, not left as something that is still to be billed", async () => {
  const one = await newChanger(world, { ...starter, addOns: { storage: 2 } });
  await one.agree({ planId: "starter", addOns: { storage: 1 } });
  world.tick(10 * day);
  const { preview, paid } = await one.agree({ planId: "starter", addOns: { storage: 4 } });
  expect(preview).toMatchObject({ kind: "upgrade", at: "now" });
  expect(preview.dueNow).toBeGreaterThan(0);
  expect(paid).toBe(preview.dueNow);
  const items = await world.dashboard.invoiceItems.list({ customer: one.customer, pending: true });
  expect(items.data).toEqual([]);
  expect(await post(one, "/subscription/cancel")).toMatchObject({ status: 200 });
  expect(await renew(one, 31)).toBe(0);
  expect(await renew(one, 62)).toBe(0);
  expect(await one.subscription()).toMatchObject({ status: "canceled" });
});

test("each line goes on with what it carries, wherever it stands", async () => {
  const one = await newChanger(world, {
    planId: "team",
    interval: "month",
    quantity: 2,
    addOns: { help: 1 },
  });
  const { items } = await one.subscription();
  const rates = await Promise.all(
    items.data.map(async (item, index) => {
      const rate = { display_name: "Tax", percentage: index + 1, inclusive: true };
      const { id } = await world.dashboard.taxRates.create(rate);
      await world.dashboard.subscriptionItems.update(item.id, {
        tax_rates: [id],
        metadata: { seen: String(index) },
      });
      return id;
    }),
  );
  // The same lines the other way round: help is taken off, and comes back as the only one that was there.
  await one.agree({ planId: "pro", addOns: { help: 1 } });
  const { schedule } = await one.subscription();
  const { phases } = await world.dashboard.subscriptionSchedules.retrieve(String(schedule), {
    expand: ["phases.items.price"],
  });
  const later = phases.at(-1)?.items.map((item) => [item.metadata?.seen, item.tax_rates?.[0]?.id]);
  expect(later).toEqual([
    ["0", rates[0]],
    ["1", rates[1]],
  ]);
});
