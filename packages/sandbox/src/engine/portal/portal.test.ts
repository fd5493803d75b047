import { describe, expect, it } from "vitest";
import { apiVersion } from "../../rooms/api-version.js";
import { platformAccount } from "../accounts/platform-account.js";
import { createPrice } from "../catalog/price.js";
import { switchPlan } from "../changes/switch-plan.js";
import { createCustomer } from "../customers/customer.js";
import { attachPaymentMethod, resolvePaymentMethod } from "../methods/payment-method.js";
import { authenticateIntent } from "../paying/authenticate-intent.js";
import { createSubscription } from "../subscriptions/opening/create-subscription.js";
import type { Context } from "../world/context.js";
import { seededIds } from "../world/ids.js";
import { createWorld } from "../world/world.js";
import { cancelPlan, readPortal, replaceCard, undoCancel } from "./portal.js";
import { createConfiguration } from "./portal-configuration.js";
import { createPortalSession, type NewPortalSession } from "./portal-session.js";

const start = Date.UTC(2026, 0, 1);
const day = 86_400_000;

/** A customer who pays 31.00 a month for Small and could have Large for 62.00. */
const begin = () => {
  const world = createWorld(platformAccount(start / 1000));
  const ctx: Context = {
    now: new Date(start),
    ids: seededIds("portal"),
    apiVersion,
    baseUrl: "http://sandbox.test",
    request: { id: null, idempotency_key: null },
  };
  const price = (name: string, unit_amount: number) =>
    createPrice(world, ctx, {
      currency: "usd",
      unit_amount,
      product_data: { name },
      recurring: { interval: "month" },
    });
  const [small, large] = [price("Small", 3100), price("Large", 6200)];
  const customer = createCustomer(world, ctx, { email: "ada@example.com" });
  const method = attachPaymentMethod(
    world,
    ctx,
    resolvePaymentMethod(world, ctx, "pm_card_visa"),
    customer.id,
  );
  const subscription = createSubscription(world, ctx, {
    customer: customer.id,
    items: [{ price: small.id }],
    default_payment_method: method.id,
  });
  const later = (days: number): Context => ({ ...ctx, now: new Date(start + days * day) });
  const configuration = createConfiguration(world, ctx, {
    features: {
      subscription_cancel: { enabled: true },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ["price"],
        products: [small, large].map(({ id, product }) => ({ product: product as string, prices: [id] })),
        proration_behavior: "always_invoice",
      },
    },
  });
  const open = (of: string, flow_data?: NewPortalSession["flow_data"]) =>
    createPortalSession(world, ctx, {
      customer: of,
      configuration: configuration.id,
      ...(flow_data && { flow_data }),
    });
  return { world, ctx, later, small, large, customer, subscription, configuration, open };
};

const card = (number: string) => ({ number, exp_month: 12, exp_year: 2030 });

describe("the portal", () => {
  it("shows the customer's own subscriptions, card and invoices, and what to switch to", () => {
    const { world, ctx, customer, subscription, small, large, open } = begin();
    const other = createCustomer(world, ctx, { email: "bob@example.com" });
    const view = readPortal(world, open(customer.id).id);
    expect(view.subscriptions.map((row) => row.id)).toEqual([subscription.id]);
    expect(view.defaultPaymentMethod?.card?.last4).toBe("4242");
    expect(view.invoices).toHaveLength(1);
    expect(view.switchOptions.map((option) => option.price.id)).toEqual([small.id, large.id]);
    const foreign = readPortal(world, open(other.id).id);
    expect([foreign.subscriptions, foreign.invoices, foreign.defaultPaymentMethod]).toEqual([[], [], null]);
  });

  it("refuses a flow about somebody else's subscription", () => {
    const { world, ctx, subscription, open } = begin();
    const other = createCustomer(world, ctx, {});
    const flow_data = {
      type: "subscription_cancel",
      subscription_cancel: { subscription: subscription.id },
    } as const;
    expect(() => open(other.id, flow_data)).toThrow("does not belong");
  });

  it("refuses a flow to cancel what is cancelled already", () => {
    const { world, ctx, customer, subscription, configuration, open } = begin();
    cancelPlan(world, ctx, configuration, subscription.id);
    const flow_data = {
      type: "subscription_cancel",
      subscription_cancel: { subscription: subscription.id },
    } as const;
    expect(() => open(customer.id, flow_data)).toThrow("already set to be canceled");
  });

  it("schedules the end and takes it back, once", () => {
    const { world, ctx, subscription, configuration } = begin();
    const end = subscription.items.data[0]?.current_period_end;
    expect(cancelPlan(world, ctx, configuration, subscription.id)).toMatchObject({
      cancel_at: end,
      cancel_at_period_end: false,
      cancellation_details: { reason: "cancellation_requested" },
    });
    expect(undoCancel(world, ctx, subscription.id).cancel_at).toBeNull();
    expect(() => undoCancel(world, ctx, subscription.id)).toThrow("not set to be canceled");
  });

  it("charges an upgrade for the rest of the month, and keeps a downgrade's credit for the next invoice", () => {
    const { world, later, subscription, customer, small, large, configuration } = begin();
    switchPlan(world, later(10), configuration, subscription.id, { priceId: large.id });
    const paid = () => Object.values(world.charges).map((charge) => charge.amount);
    expect(paid()).toEqual([3100, 2100]);
    switchPlan(world, later(20), configuration, subscription.id, { priceId: small.id });
    expect(paid()).toEqual([3100, 2100]);
    expect(world.customers[customer.id]?.balance).toBe(-1100);
  });

  it("leaves the plan as it was when the new one can't be paid", () => {
    const { world, ctx, later, subscription, customer, large, configuration } = begin();
    const bad = attachPaymentMethod(
      world,
      ctx,
      resolvePaymentMethod(world, ctx, "pm_card_chargeCustomerFail"),
      customer.id,
    );
    subscription.default_payment_method = bad.id;
    const before = structuredClone(subscription);
    expect(() => switchPlan(world, later(10), configuration, subscription.id, { priceId: large.id })).toThrow(
      "declined",
    );
    expect(subscription).toEqual(before);
  });

  it("lets a new card pay from now on, after 3-D Secure where the bank asks for it", () => {
    const { world, ctx, customer, subscription } = begin();
    expect(() => replaceCard(world, ctx, customer.id, card("4000000000000002"))).toThrow("declined");
    const asked = replaceCard(world, ctx, customer.id, card("4000002500003155"));
    if (asked.status !== "requires_action") throw new Error(asked.status);
    const old = subscription.default_payment_method;
    authenticateIntent(world, ctx, asked.intent, "succeed");
    expect(subscription.default_payment_method).not.toBe(old);
    expect(customer.invoice_settings.default_payment_method).toBe(subscription.default_payment_method);
    expect(world.events.slice(-4).map((event) => event.type)).toEqual([
      "payment_method.attached",
      "setup_intent.succeeded",
      "customer.updated",
      "customer.subscription.updated",
    ]);
  });
});
