import { definePlans } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { newChanger } from "./changer.js";
import { newUser, openWorld, type World } from "./world.js";

const plans = definePlans({
  features: { export: { type: "switch", name: "Export" } },
  plans: {
    free: { name: "Free", includes: {} },
    pro: {
      name: "Pro",
      prices: { month: { usd: 2_900, eur: 2_700 } },
      trialDays: 7,
      trialPrice: { usd: 100, eur: 90 },
      includes: { export: true },
    },
    max: { name: "Max", prices: { month: { usd: 5_000 } }, includes: { export: true } },
  },
});
const pro = { planId: "pro", interval: "month" };
const day = 86_400;

let world: World;
beforeAll(async () => {
  // The catalog has plans of its own; what a world does with it is the same.
  const catalog = plans as unknown as ExampleCatalog;
  world = await openWorld({ store: memory(), rateLimits: false, jobs: "manual", plans: catalog });
});
afterAll(() => world.close());

const open = async (user: string, body: object) => {
  const { body: made } = await world.call("POST", "/checkout", { as: user, body });
  return world.dashboard.checkout.sessions.retrieve(made.id);
};

test("a trial that is paid for costs what was told when it begins, and the full price when it ends", async () => {
  const { body } = await world.call("GET", "/plans?currency=eur");
  expect(body.plans[1]).toMatchObject({ id: "pro", trialDays: 7, trialPrice: 90 });
  const one = await newChanger(world, pro);
  await one.hear();
  expect(await one.charged()).toBe(100);
  expect(await one.access()).toMatchObject({ planId: "pro", subscription: { status: "trialing" } });
  world.tick(7 * day + 2 * 3_600);
  await one.hear();
  expect(await one.charged()).toBe(100 + 2_900);
  expect(await one.access()).toMatchObject({ planId: "pro", subscription: { status: "active" } });
  expect((await one.invoices()).map(({ amount_paid }) => amount_paid)).toEqual([2_900, 100]);
  expect((await one.subscription()).items.data).toHaveLength(1);
});

test("it is given once, and whoever comes back pays the full price at once", async () => {
  const one = await newChanger(world, pro);
  await world.dashboard.subscriptions.cancel((await one.subscription()).id);
  await one.hear();
  expect(await open(one.user, pro)).toMatchObject({ amount_total: 2_900 });
  expect(await open(newUser(), { ...pro, currency: "eur" })).toMatchObject({
    amount_total: 90,
    currency: "eur",
  });
});

test("a promotion code takes its place, from the first day on", async () => {
  const { id: coupon } = await world.dashboard.coupons.create({ percent_off: 50, duration: "once" });
  await world.dashboard.promotionCodes.create({ code: "HALF", promotion: { type: "coupon", coupon } });
  const user = newUser();
  const said = await world.call("POST", "/promotion-code", { as: user, body: { code: "half", ...pro } });
  expect(said.body).toMatchObject({ fits: true, trialDays: 0, dueNow: 1_450, regular: 2_900 });
  expect(said.body.paidTrial).toEqual({ price: 100, days: 7, saves: "less" });
  expect(await open(user, { ...pro, promotionCode: "half" })).toMatchObject({ amount_total: 1_450 });
  const billing = world.instance({ checkout: { codesOnPage: true } });
  const { body } = await world.call("POST", "/checkout", { as: newUser(), body: pro, billing });
  const session = await world.dashboard.checkout.sessions.retrieve(body.id);
  expect(session).toMatchObject({ allow_promotion_codes: null, amount_total: 100 });
});

test("what was paid for it is not credited by a change, which the preview says before", async () => {
  const one = await newChanger(world, pro);
  world.tick(3 * day);
  const { preview, paid, answer } = await one.agree({ planId: "max" });
  expect(answer.status).toBe(200);
  expect(paid).toBe(preview.dueNow);
  expect(preview.credit).toBe(0);
  expect(preview.nextInvoice.total).toBe(5_000);
});

test("nothing of it is left to push, and the page that is paid on names it", async () => {
  expect(await world.billing.comparePlans()).toMatchObject({ isUpToDate: true });
  const { url } = await open(newUser(), pro);
  const page = await (await fetch(url ?? "")).text();
  expect(page).toContain("$1.00");
});
