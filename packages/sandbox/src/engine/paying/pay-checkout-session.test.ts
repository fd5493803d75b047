import { describe, expect, it } from "vitest";
import { apiVersion } from "../../rooms/api-version.js";
import { platformAccount } from "../accounts/platform-account.js";
import { createPrice } from "../catalog/price.js";
import { createCheckoutSession } from "../checkout/opening/create-checkout-session.js";
import { advance } from "../clocks/advance.js";
import type { Context } from "../world/context.js";
import { seededIds } from "../world/ids.js";
import { createWorld, type World } from "../world/world.js";
import { authenticateIntent, payCheckoutSession } from "./pay-checkout-session.js";

const start = Date.UTC(2026, 0, 31, 12) / 1000;

const begin = () => {
  const world = createWorld(platformAccount(start));
  const ctx: Context = {
    now: new Date(start * 1000),
    ids: seededIds("test"),
    apiVersion,
    baseUrl: "http://sandbox.test",
    request: { id: null, idempotency_key: null },
  };
  const price = createPrice(world, ctx, {
    currency: "usd",
    unit_amount: 2900,
    product_data: { name: "Pro" },
    recurring: { interval: "month" },
  });
  return { world, ctx, price };
};

const open = (options: { trial?: number; collect?: "always" | "if_required"; mode?: "setup" } = {}) => {
  const { world, ctx, price } = begin();
  const session = createCheckoutSession(world, ctx, {
    mode: options.mode ?? "subscription",
    success_url: "https://app.test/done",
    client_reference_id: "org_1",
    ...(options.mode ? { currency: "usd" } : { line_items: [{ price: price.id, quantity: 1 }] }),
    ...(options.trial
      ? { subscription_data: { trial_period_days: options.trial, metadata: { plan: "pro" } } }
      : {}),
    ...(options.collect ? { payment_method_collection: options.collect } : {}),
  });
  return { world, ctx, session, from: world.events.length };
};

const card = (number: string) => ({ number, exp_month: 12, exp_year: 2030, cvc: "123" });
const typesFrom = (world: World, from: number) => world.events.slice(from).map((event) => event.type);
const only = <T>(table: Record<string, T>): T => {
  const [row] = Object.values(table);
  if (row === undefined) throw new Error("none");
  return row;
};

describe("paying a checkout session", () => {
  it("makes a customer, a subscription and a paid invoice, and announces them in order", () => {
    const { world, ctx, session, from } = open();
    const payer = { card: card("4242424242424242"), email: "ada@example.com", name: "Ada" };
    expect(payCheckoutSession(world, ctx, session.id, payer)).toEqual({ status: "complete" });
    expect(typesFrom(world, from)).toEqual([
      "customer.created",
      "payment_method.attached",
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "customer.updated",
      "customer.subscription.created",
      "invoice.created",
      "invoice.finalized",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
      "checkout.session.completed",
    ]);
    const told = (type: string) => world.events.find((event) => event.type === type)?.data;
    expect(told("customer.subscription.created")?.object).toMatchObject({ status: "active" });
    expect(told("customer.updated")?.previous_attributes).toEqual({ currency: null });
    const subscription = only(world.subscriptions);
    expect(subscription).toMatchObject({
      status: "active",
      default_payment_method: only(world.paymentMethods).id,
    });
    expect(session).toMatchObject({
      status: "complete",
      payment_status: "paid",
      amount_total: 2900,
      client_reference_id: "org_1",
      subscription: subscription.id,
      customer: only(world.customers).id,
      invoice: subscription.latest_invoice,
    });
    expect(JSON.stringify(world)).not.toContain("4242424242424242");
  });

  it.each([
    ["4000000000000002", "card_declined", "generic_decline"],
    ["4000000000009995", "card_declined", "insufficient_funds"],
    ["4000000000000341", "card_declined", "generic_decline"],
    ["4000000000000127", "incorrect_cvc", "incorrect_cvc"],
    ["4000000000000069", "expired_card", "expired_card"],
    ["4242424242424241", "incorrect_number", undefined],
    ["4111111111111111", "card_declined", "test_mode_live_card"],
  ])(
    "card %s fails with %s %s and makes no subscription, and another card then pays",
    (number, code, decline) => {
      const { world, ctx, session } = open();
      const refused = payCheckoutSession(world, ctx, session.id, { card: card(number), email: "a@b.co" });
      if (refused.status !== "failed") throw new Error(refused.status);
      expect([refused.error.code, refused.error.decline_code]).toEqual([code, decline]);
      expect([session.status, world.subscriptions, world.invoices]).toEqual(["open", {}, {}]);
      expect(
        payCheckoutSession(world, ctx, session.id, { card: card("5555555555554444"), email: "a@b.co" }),
      ).toEqual({
        status: "complete",
      });
      expect(Object.keys(world.subscriptions)).toHaveLength(1);
      expect(Object.keys(world.customers)).toHaveLength(1);
      expect(only(world.subscriptions).status).toBe("active");
    },
  );

  it.each([
    [{ number: "4242424242424242", exp_month: 12, exp_year: 2025 }, "invalid_expiry_year"],
    [{ number: "4242424242424242", exp_month: 13, exp_year: 2030 }, "invalid_expiry_month"],
    [{ number: "4242424242424242", exp_month: 1, exp_year: 2030, cvc: "1" }, "invalid_cvc"],
  ])("refuses an impossible card: %o", (bad, code) => {
    const { world, ctx, session } = open();
    const outcome = payCheckoutSession(world, ctx, session.id, { card: bad });
    expect(outcome).toMatchObject({ status: "failed", error: { code } });
    expect(world.customers).toEqual({});
  });

  it("asks for 3-D Secure and grants nothing before it succeeds", () => {
    const { world, ctx, session } = open();
    const asked = payCheckoutSession(world, ctx, session.id, {
      card: card("4000002500003155"),
      email: "a@b.co",
    });
    if (asked.status !== "requires_action") throw new Error(asked.status);
    expect(world.subscriptions).toEqual({});
    expect(world.paymentIntents[asked.intent]?.next_action?.type).toBe("use_stripe_sdk");
    authenticateIntent(world, ctx, asked.intent, "fail");
    expect(world.paymentIntents[asked.intent]?.last_payment_error?.code).toBe(
      "payment_intent_authentication_failure",
    );
    expect(session.status).toBe("open");
    const again = payCheckoutSession(world, ctx, session.id, {
      card: card("4000002500003155"),
      email: "a@b.co",
    });
    if (again.status !== "requires_action") throw new Error(again.status);
    authenticateIntent(world, ctx, again.intent, "succeed");
    expect([session.status, only(world.subscriptions).status]).toEqual(["complete", "active"]);
    expect(world.events.at(-1)?.type).toBe("checkout.session.completed");
  });

  it("starts a trial for nothing with a card on file", () => {
    const { world, ctx, session, from } = open({ trial: 14 });
    payCheckoutSession(world, ctx, session.id, { card: card("4242424242424242"), email: "a@b.co" });
    const subscription = only(world.subscriptions);
    expect(subscription).toMatchObject({
      status: "trialing",
      trial_end: start + 14 * 86_400,
      metadata: { plan: "pro" },
      default_payment_method: only(world.paymentMethods).id,
    });
    expect(session).toMatchObject({ amount_total: 0, payment_status: "no_payment_required" });
    expect(typesFrom(world, from)).toEqual([
      "customer.created",
      "setup_intent.created",
      "payment_method.attached",
      "setup_intent.succeeded",
      "customer.updated",
      "customer.subscription.created",
      "invoice.created",
      "invoice.finalized",
      "invoice.paid",
      "invoice.payment_succeeded",
      "checkout.session.completed",
    ]);
  });

  it("starts a trial without a card only where none is asked for", () => {
    const strict = open({ trial: 14 });
    expect(() =>
      payCheckoutSession(strict.world, strict.ctx, strict.session.id, { email: "a@b.co" }),
    ).toThrow("card");
    const lax = open({ trial: 14, collect: "if_required" });
    expect(payCheckoutSession(lax.world, lax.ctx, lax.session.id, { email: "a@b.co" }).status).toBe(
      "complete",
    );
    expect(only(lax.world.subscriptions).default_payment_method).toBeNull();
  });

  it("keeps a card in setup mode", () => {
    const { world, ctx, session } = open({ mode: "setup" });
    payCheckoutSession(world, ctx, session.id, { card: card("4242424242424242"), email: "a@b.co" });
    expect(session).toMatchObject({ status: "complete", setup_intent: only(world.setupIntents).id });
    expect(only(world.paymentMethods).customer).toBe(only(world.customers).id);
  });

  it("can't be paid once it has expired", () => {
    const { world, ctx, session } = open();
    advance(world, ctx, new Date((start + 86_400) * 1000));
    expect(world.events.at(-1)).toMatchObject({ type: "checkout.session.expired", created: start + 86_400 });
    expect(() => payCheckoutSession(world, ctx, session.id, { card: card("4242424242424242") })).toThrow(
      "expired",
    );
  });
});
