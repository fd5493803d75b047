import { describe, expect, it } from "vitest";
import type { Subscription } from "../language/subscription.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildCareItem, buildSubscription } from "../testing/building/build-subscription.js";
import { type CheckoutChoice, decideCheckout } from "./decide-checkout.js";

const plain = buildCatalog();
const catalog = {
  ...plain,
  plans: { ...plain.plans, old: { name: "Old", retired: true, prices: { month: { usd: 1 } }, includes: {} } },
};
const pro = { planId: "pro", interval: "month", currency: "usd", quantity: 1 } as const;
const credits = { productId: "credits", currency: "eur", quantity: 1 } as const;

const decide = (choice: CheckoutChoice, ...subscriptions: readonly Subscription[]) =>
  decideCheckout({ catalog, subscriptions, choice });

describe("decideCheckout", () => {
  it("offers a plan with its group and trial, and no price that came from the browser", () => {
    expect(decide(pro)).toEqual({ kind: "subscription", ...pro, group: "main", trialDays: 14 });
    const seats = { ...pro, planId: "team", quantity: 100 };
    expect(decide(seats)).toEqual({ kind: "subscription", ...seats, group: "main", trialDays: 0 });
  });

  it("offers a product in any quantity up to the maximum", () => {
    expect(decide({ ...credits, quantity: 10_000 })).toEqual({
      kind: "product",
      ...credits,
      quantity: 10_000,
    });
  });

  it.each<[string, Partial<Subscription>, number]>([
    ["one that ended", { status: "ended", trialEndsAt: "2026-01-15T00:00:00.000Z" }, 0],
    ["one of another plan group", { group: "support", trialEndsAt: "2026-01-15T00:00:00.000Z" }, 0],
    ["none, though there was a subscription", { status: "ended" }, 14],
  ])("gives one trial per customer: after %s", (_, before, trialDays) => {
    expect(decide(pro, buildSubscription(before))).toMatchObject({ trialDays });
  });

  it.each<[string, Partial<Subscription> | null, boolean]>([
    ["nobody knows them", null, true],
    ["they had one without it", { status: "ended" }, false],
    ["they have one of another group", { group: "support" }, false],
    ["the first payment of one never went through", { status: "incomplete" }, true],
  ])("gives an intro with a first subscription only: %s", (_, before, isGiven) => {
    const begun = { name: "Begun", prices: { month: { usd: 900 } }, includes: {} };
    const intro = { month: { amountOff: { usd: 500 }, payments: 2 } };
    const plans = { ...plain.plans, begun: { ...begun, intro } };
    const offer = decideCheckout({
      catalog: { ...plain, plans },
      subscriptions: before === null ? [] : [buildSubscription(before)],
      choice: { ...pro, planId: "begun" },
    });
    const terms = { percentOff: null, amountOff: 500, payments: 2 };
    expect(offer).toEqual({
      ...{ kind: "subscription", ...pro, planId: "begun", group: "main", trialDays: 0 },
      ...(isGiven && { intro: terms }),
    });
  });

  const trialOver = {
    status: "paused",
    pause: { kind: "full", resumesAt: null, reason: "trial_ended" },
    trialEndsAt: "2026-01-15T00:00:00.000Z",
  } as const;

  it("sells a plan again after its trial ended without a payment method, and gives no second trial", () => {
    expect(decide(pro, buildSubscription(trialOver))).toMatchObject({ planId: "pro", trialDays: 0 });
    const asked = { ...trialOver, pause: { ...trialOver.pause, reason: "asked" } } as const;
    for (const other of [asked, { ...trialOver, pause: null }, { ...trialOver, status: "unpaid" } as const]) {
      expect(() => decide(pro, buildSubscription(other))).toThrow(
        expect.objectContaining({ code: "already_subscribed" }),
      );
    }
  });

  const care = { ...pro, planId: "care" };

  it.each<[string, Partial<Subscription>, boolean]>([
    ["runs in euros", { currency: "eur" }, true],
    ["is past due in euros", { currency: "eur", status: "past_due" }, true],
    ["was left paused by its trial in euros", { ...trialOver, currency: "eur" }, true],
    ["ended in euros", { currency: "eur", status: "ended" }, false],
    ["never got paid in euros", { currency: "eur", status: "incomplete" }, false],
    ["runs in the same currency", {}, false],
  ])("bills one customer in one currency: a plan in dollars alongside one that %s", (_, running, refused) => {
    const buy = () => decide(care, buildSubscription(running));
    if (!refused) return expect(buy()).toMatchObject({ planId: "care", currency: "usd" });
    const details = { currency: "usd", required: "eur" };
    expect(buy).toThrow(expect.objectContaining({ code: "currency_conflict", status: 409, details }));
  });

  it("sells a product once in any currency", () => {
    expect(decide(credits, buildSubscription())).toMatchObject({ currency: "eur" });
  });

  const handbook = { productId: "handbook", currency: "usd", quantity: 1 } as const;
  const shop = {
    ...catalog,
    products: { ...plain.products, handbook: { name: "Handbook", price: { usd: 4900 }, once: true } },
  };
  const buy = (choice: CheckoutChoice, owned: Record<string, number>) =>
    decideCheckout({ catalog: shop, subscriptions: [], owned, choice });

  it("sells what is sold once to nobody who owns it, and only one of it", () => {
    expect(buy(handbook, { handbook: 0, credits: 3 })).toEqual({ kind: "product", ...handbook });
    expect(buy(credits, { credits: 3 })).toMatchObject({ productId: "credits" });
    const refused = { code: "already_owned", status: 409, details: { productId: "handbook" } };
    expect(() => buy(handbook, { handbook: 1 })).toThrow(expect.objectContaining(refused));
    expect(() => buy({ ...handbook, quantity: 2 }, {})).toThrow(
      expect.objectContaining({ code: "invalid_quantity" }),
    );
  });

  it.each<[string, CheckoutChoice, string]>([
    ["an unknown plan", { ...pro, planId: "teleport" }, "unknown_plan"],
    ["a plan of Object.prototype", { ...pro, planId: "constructor" }, "unknown_plan"],
    ["an unknown product", { ...credits, productId: "toString" }, "unknown_product"],
    ["the free plan", { ...pro, planId: "free" }, "plan_not_for_sale"],
    ["a plan that is sold by hand", { ...pro, planId: "enterprise" }, "plan_not_for_sale"],
    ["a retired plan", { ...pro, planId: "old" }, "plan_not_for_sale"],
    ["an interval without a price", { ...pro, planId: "starter", interval: "year" }, "unknown_price"],
    ["a currency without a price", { ...pro, currency: "gbp" }, "unknown_price"],
    ["a product's currency without a price", { ...credits, currency: "gbp" }, "unknown_price"],
    ["a product's currency of Object.prototype", { ...credits, currency: "toString" }, "unknown_price"],
    ["two of a flat plan", { ...pro, quantity: 2 }, "invalid_quantity"],
    ["fewer seats than the minimum", { ...pro, planId: "team", quantity: 1 }, "invalid_quantity"],
    ["more seats than the maximum", { ...pro, planId: "team", quantity: 101 }, "invalid_quantity"],
    ["no seat", { ...pro, planId: "team", quantity: 0 }, "invalid_quantity"],
    ["half a seat", { ...pro, planId: "team", quantity: 2.5 }, "invalid_quantity"],
    ["minus one product", { ...credits, quantity: -1 }, "invalid_quantity"],
    ["too many products", { ...credits, quantity: 10_001 }, "invalid_quantity"],
    ["a quantity that is not a number", { ...credits, quantity: Number.NaN }, "invalid_quantity"],
  ])("refuses %s", (_, choice, code) => {
    expect(() => decide(choice)).toThrow(expect.objectContaining({ name: "BillingError", code }));
  });

  it.each<[Subscription["status"], boolean]>([
    ["trialing", true],
    ["active", true],
    ["past_due", true],
    ["unpaid", true],
    ["paused", true],
    ["incomplete", false],
    ["ended", false],
  ])("with a subscription that is %s, a second one of the group is refused: %s", (status, refused) => {
    const second = () => decide({ ...pro, planId: "team", quantity: 2 }, buildSubscription({ status }));
    if (refused) expect(second).toThrow(expect.objectContaining({ code: "already_subscribed" }));
    else expect(second()).toMatchObject({ planId: "team" });
  });

  it("refuses a second plan of a group that any line of a subscription holds", () => {
    const { items } = buildSubscription();
    const both = buildSubscription({ items: [...items, buildCareItem()] });
    const refused = expect.objectContaining({ code: "already_subscribed" });
    expect(() => decide({ ...pro, planId: "care" }, both)).toThrow(refused);
    expect(() => decide(pro, both)).toThrow(refused);
    const lost = { planId: null, group: null, interval: null };
    const careLeft = buildSubscription({ items: [...items, buildCareItem(lost)] });
    expect(decide({ ...pro, planId: "care" }, careLeft)).toMatchObject({ planId: "care" });
  });

  it("sells a plan of another group alongside a running subscription", () => {
    expect(decide({ ...pro, planId: "care" }, buildSubscription())).toMatchObject({ group: "support" });
  });
});
