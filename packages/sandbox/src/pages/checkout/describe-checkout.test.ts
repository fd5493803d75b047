import { expect, test } from "vitest";
import { platformAccount } from "../../engine/accounts/platform-account.js";
import { createCheckoutSession } from "../../engine/checkout/opening/create-checkout-session.js";
import type { CheckoutOrder } from "../../engine/checkout/terms/checkout-order.js";
import { createCoupon } from "../../engine/discounts/coupon.js";
import type { Context } from "../../engine/world/context.js";
import { seededIds } from "../../engine/world/ids.js";
import { createWorld } from "../../engine/world/world.js";
import { apiVersion } from "../../rooms/api-version.js";
import { messagesFor } from "../words/messages-for.js";
import { describeCheckout } from "./describe-checkout.js";

const now = Date.UTC(2026, 10, 30, 9) / 1000;

type Wish = {
  amount?: number;
  currency?: string;
  quantity?: number;
  interval?: "month" | "year" | null;
  coupon?: { percent: number; duration: "forever" | "once" };
  order?: Partial<CheckoutOrder>;
  locale?: string;
};

function describe({ amount = 2900, currency = "usd", quantity = 1, interval = "month", ...wish }: Wish = {}) {
  const world = createWorld(platformAccount(now));
  const ctx: Context = {
    now: new Date(now * 1000),
    ids: seededIds("words"),
    apiVersion,
    baseUrl: "http://sandbox.test",
    request: { id: null, idempotency_key: null },
  };
  const coupon = wish.coupon
    ? createCoupon(world, ctx, { percent_off: wish.coupon.percent, duration: wish.coupon.duration })
    : undefined;
  const session = createCheckoutSession(world, ctx, {
    mode: interval ? "subscription" : "payment",
    success_url: "https://app.test/done",
    line_items: [
      {
        quantity,
        price_data: {
          currency,
          unit_amount: amount,
          product_data: { name: "Pro" },
          ...(interval ? { recurring: { interval } } : {}),
        },
      },
    ],
    ...(coupon ? { discounts: [{ coupon: coupon.id }] } : {}),
    ...wish.order,
  });
  const intent = world.hidden.checkouts[session.id];
  if (!intent) throw new Error("no hidden part");
  return describeCheckout({ world, session, intent, now, language: messagesFor(wish.locale) });
}

test("says what is charged now, what is charged later, and when", () => {
  const summary = describe();
  expect(summary).toMatchObject({
    headline: "$29.00",
    headlineDetail: "per month",
    button: "Pay $29.00",
    dueToday: "$29.00",
  });
  expect(summary.later).toBe(
    "You’ll be charged $29.00 today, then $29.00 per month from December 30, 2026, until you cancel.",
  );
});

test("says what happens when a trial ends", () => {
  const trial = { subscription_data: { trial_period_days: 14 } };
  const summary = describe({ amount: 29_000, interval: "year", order: trial });
  expect(summary).toMatchObject({
    headline: "14 days free",
    dueToday: "$0.00",
    button: "Start trial",
    asksForCard: true,
  });
  expect(summary.later).toBe(
    "When the trial ends on December 14, 2026, you’ll be charged $290.00 per year unless you cancel before.",
  );
});

test("says what makes up the amount that is charged after a trial", () => {
  const order = { subscription_data: { trial_period_days: 14 } };
  const { totals } = describe({ coupon: { percent: 50, duration: "forever" }, order });
  expect(totals.slice(-3)).toEqual([
    { label: "Subtotal", amount: "$29.00" },
    { label: "Discount", amount: "-$14.50" },
    { label: "Total after trial", amount: "$14.50" },
  ]);
  expect(describe({ order }).totals).toEqual([]);
});

test.each([
  ["cancel", "No card needed. The trial ends on December 14, 2026; to go on after that, add a card"],
  ["pause", "No card needed. Your plan pauses on December 14, 2026 until you add a card"],
  ["create_invoice", "No card needed. On December 14, 2026 you’ll get an invoice"],
] as const)("says what happens to a trial without a card that ends with %s", (behaviour, sentence) => {
  const summary = describe({
    order: {
      payment_method_collection: "if_required",
      subscription_data: {
        trial_period_days: 14,
        trial_settings: { end_behavior: { missing_payment_method: behaviour } },
      },
    },
  });
  expect(summary.later).toContain(sentence);
  expect(summary.asksForCard).toBe(false);
});

test("writes amounts as their currency counts them", () => {
  expect(describe({ amount: 2900, currency: "jpy", interval: null }).dueToday).toBe("¥2,900");
  expect(describe({ amount: 12_500, currency: "kwd", interval: null }).dueToday).toMatch(/^KWD\s12\.500$/);
});

test("names the quantity, and sets a fee that is billed once apart from what recurs", () => {
  const order = {
    line_items: [
      {
        quantity: 3,
        price_data: {
          currency: "usd",
          unit_amount: 1000,
          product_data: { name: "Seats" },
          recurring: { interval: "month" as const },
        },
      },
      { quantity: 1, price_data: { currency: "usd", unit_amount: 5000, product_data: { name: "Setup" } } },
    ],
  };
  const summary = describe({ order });
  expect(summary.lines.map(({ name, amount, detail }) => [name, amount, detail])).toEqual([
    ["Seats", "$30.00", "3 × $10.00 · Billed per month"],
    ["Setup", "$50.00", "Billed once"],
  ]);
  expect(summary).toMatchObject({ headline: "$30.00", dueToday: "$80.00", button: "Pay $80.00" });
});

test("takes a discount off what is due now, and off later charges only while it lasts", () => {
  const once = describe({ coupon: { percent: 50, duration: "once" } });
  expect(once).toMatchObject({ headline: "$29.00", dueToday: "$14.50" });
  expect(once.totals).toEqual([
    { label: "Subtotal", amount: "$29.00" },
    { label: "Discount", amount: "-$14.50" },
  ]);
  expect(describe({ coupon: { percent: 50, duration: "forever" } }).headline).toBe("$14.50");
});

test("speaks the session's language, and writes money and days as it does", () => {
  const { later, button } = describe({ currency: "eur", locale: "de" });
  expect(button.replace(/\s/g, " ")).toBe("29,00 € bezahlen");
  expect(later?.replace(/\s/g, " ")).toBe(
    "Heute werden 29,00 € abgebucht, ab dem 30. Dezember 2026 dann 29,00 € pro Monat, bis Sie kündigen.",
  );
});
