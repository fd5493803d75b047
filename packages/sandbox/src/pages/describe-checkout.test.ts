import { expect, test } from "vitest";
import type { CheckoutSession, LineItem } from "../engine/wire.js";
import type { CheckoutIntent } from "../engine/world.js";
import { describeCheckout } from "./describe-checkout.js";

const now = Date.UTC(2026, 10, 30, 9) / 1000;

type Fields = Partial<
  Pick<CheckoutSession, "mode" | "currency" | "amount_total" | "payment_method_collection">
>;

const session = (fields: Fields = {}) =>
  ({
    mode: "subscription",
    currency: "usd",
    amount_total: 2900,
    payment_method_collection: "always",
    ...fields,
  }) as CheckoutSession;

const line = (unitAmount: number, currency: string, quantity = 1, interval: string | null = "month") =>
  ({
    description: "Pro",
    quantity,
    currency,
    amount_total: unitAmount * quantity,
    price: { unit_amount: unitAmount, recurring: interval ? { interval, interval_count: 1 } : null },
  }) as LineItem;

const intent = (lineItems: LineItem[], trial: Partial<CheckoutIntent["subscription"]> = {}) =>
  ({
    lineItems,
    subscription: { trialEnd: null, trialPeriodDays: null, missingPaymentMethod: "create_invoice", ...trial },
  }) as CheckoutIntent;

test("says what is charged now, what later, and when", () => {
  const summary = describeCheckout(session(), intent([line(2900, "usd")]), now);
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
  const trial = intent([line(29_000, "usd", 1, "year")], { trialPeriodDays: 14 });
  const summary = describeCheckout(session({ amount_total: 0 }), trial, now);
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

test("asks for no card when the trial needs none", () => {
  const trial = intent([line(2900, "usd")], { trialPeriodDays: 7, missingPaymentMethod: "cancel" });
  const summary = describeCheckout(
    session({ amount_total: 0, payment_method_collection: "if_required" }),
    trial,
    now,
  );
  expect(summary.asksForCard).toBe(false);
  expect(summary.later).toMatch(/^No card needed. The trial ends on December 7, 2026/);
});

test.each([
  ["jpy", 4800, "Pay ¥4,800"],
  ["usd", 4800, "Pay $48.00"],
  ["kwd", 4800, "Pay KWD 4.800"],
])("counts the minor units of %s", (currency, amount, button) => {
  const summary = describeCheckout(
    session({ mode: "payment", currency, amount_total: amount }),
    intent([line(amount, currency, 1, null)]),
    now,
  );
  expect(summary.button.replace(/\s/g, " ")).toBe(button);
});

test("multiplies seats out", () => {
  const summary = describeCheckout(session({ amount_total: 8700 }), intent([line(2900, "usd", 3)]), now);
  expect(summary.lines).toEqual([{ name: "Pro", amount: "$87.00", detail: "3 × $29.00, billed per month" }]);
  expect(summary.headline).toBe("$87.00");
});

test("saves a card without a word of money", () => {
  const summary = describeCheckout(
    session({ mode: "setup", currency: null, amount_total: null }),
    intent([]),
    now,
  );
  expect(summary).toMatchObject({ headline: "Nothing due today", button: "Save card", dueToday: undefined });
});
