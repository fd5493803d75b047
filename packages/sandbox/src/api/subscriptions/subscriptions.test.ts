import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

const types = (events: Array<{ type: string }>): string[] => events.map((event) => event.type);

describe("subscriptions through the real SDK", () => {
  it("starts active when the card pays, and announces it in Stripe's order", async () => {
    const { stripe, sandbox } = await connect();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    const before = sandbox.events().length;
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id, quantity: 2 }],
      metadata: { plan: "pro" },
      expand: ["latest_invoice.payments", "latest_invoice.confirmation_secret"],
    });
    expect(subscription.status).toBe("active");
    const invoice = subscription.latest_invoice;
    if (typeof invoice === "string" || !invoice) throw new Error("not expanded");
    expect([invoice.status, invoice.amount_paid, invoice.billing_reason]).toEqual([
      "paid",
      5800,
      "subscription_create",
    ]);
    expect(invoice.parent?.subscription_details?.subscription).toBe(subscription.id);
    expect(invoice.payments?.data[0]?.status).toBe("paid");
    expect(types(sandbox.events().slice(before))).toEqual([
      "customer.updated",
      "customer.subscription.created",
      "invoice.created",
      "invoice.finalized",
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
    ]);
    const created = sandbox.events()[before + 1];
    expect(created?.data.object).toMatchObject({ status: "active", latest_invoice: invoice.id });
  });

  it("waits as incomplete with a client secret, and becomes active when the browser has paid", async () => {
    const { stripe, sandbox } = await connect();
    const customer = await stripe.customers.create({ email: "ada@example.com" });
    const price = await recurringPrice(stripe, 2900);
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      payment_behavior: "default_incomplete",
      payment_settings: { save_default_payment_method: "on_subscription" },
      expand: ["latest_invoice.confirmation_secret"],
    });
    expect(subscription.status).toBe("incomplete");
    const invoice = subscription.latest_invoice;
    const secret = typeof invoice === "object" ? invoice?.confirmation_secret?.client_secret : undefined;
    const body = new URLSearchParams({
      client_secret: secret ?? "",
      "payment_method_data[type]": "card",
      "payment_method_data[card][number]": "4242424242424242",
      "payment_method_data[card][exp_month]": "12",
      "payment_method_data[card][exp_year]": "34",
      key: sandbox.publishableKey,
    });
    const id = secret?.split("_secret_")[0];
    const response = await fetch(`${sandbox.url}/v1/payment_intents/${id}/confirm`, { method: "POST", body });
    expect(await response.json()).toMatchObject({ status: "succeeded" });
    const paid = await stripe.subscriptions.retrieve(subscription.id);
    expect(paid.status).toBe("active");
    expect(paid.default_payment_method).toMatch(/^pm_/);
    const updated = sandbox.events().find((event) => event.type === "customer.subscription.updated");
    expect(updated?.data.previous_attributes).toEqual({ status: "incomplete", default_payment_method: null });
  });

  it("refuses to start without a card, and with one that is declined when asked to", async () => {
    const { stripe, sandbox } = await connect();
    const price = await recurringPrice(stripe, 2900);
    const nobody = await stripe.customers.create({});
    const items = [{ price: price.id }];
    const bare = await refusal(stripe.subscriptions.create({ customer: nobody.id, items }));
    expect([bare.statusCode, bare.code]).toEqual([400, "resource_missing"]);
    const customer = await payer(stripe, "pm_card_chargeCustomerFail");
    const before = sandbox.events().length;
    const declined = await refusal(
      stripe.subscriptions.create({ customer: customer.id, items, payment_behavior: "error_if_incomplete" }),
    );
    expect([declined.statusCode, declined.code, declined.decline_code]).toEqual([
      402,
      "card_declined",
      "generic_decline",
    ]);
    expect(sandbox.events().length).toBe(before);
  });

  it("schedules an end with the period, takes it back, and ends at once when deleted", async () => {
    const { stripe, sandbox } = await connect();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    const { id, items } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
    });
    const end = items.data[0]?.current_period_end;
    const scheduled = await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    expect([scheduled.cancel_at, scheduled.cancel_at_period_end, scheduled.status]).toEqual([
      end,
      true,
      "active",
    ]);
    expect(scheduled.cancellation_details?.reason).toBe("cancellation_requested");
    expect(sandbox.events().at(-1)?.data.previous_attributes).toMatchObject({
      cancel_at: null,
      cancel_at_period_end: false,
    });
    const kept = await stripe.subscriptions.update(id, { cancel_at_period_end: false });
    expect([kept.cancel_at, kept.canceled_at, kept.cancellation_details?.reason]).toEqual([null, null, null]);
    const gone = await stripe.subscriptions.cancel(id);
    expect(gone.status).toBe("canceled");
    expect(sandbox.events().at(-1)?.type).toBe("customer.subscription.deleted");
    expect((await stripe.subscriptions.list({ customer: customer.id })).data).toEqual([]);
    expect((await stripe.subscriptions.list({ customer: customer.id, status: "all" })).data).toHaveLength(1);
  });

  it("charges an upgrade to the second and leaves a failed one as it was", async () => {
    const start = Date.UTC(2026, 0, 1);
    let now = start;
    const { stripe, sandbox } = await connect({ clock: () => new Date(now) });
    const customer = await payer(stripe);
    const small = await recurringPrice(stripe, 3100, "month", "Small");
    const large = await recurringPrice(stripe, 6200, "month", "Large");
    const { id, items } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: small.id }],
    });
    now = start + 10 * 86_400_000;
    const change = { items: [{ id: items.data[0]?.id ?? "", price: large.id }] };
    const upgraded = await stripe.subscriptions.update(id, {
      ...change,
      proration_behavior: "always_invoice",
      expand: ["latest_invoice"],
    });
    const invoice = upgraded.latest_invoice;
    if (typeof invoice === "string" || !invoice) throw new Error("not expanded");
    expect(invoice.lines.data.map((line) => [line.amount, line.description])).toEqual([
      [-2100, "Unused time on Small after 11 Jan 2026"],
      [4200, "Remaining time on Large after 11 Jan 2026"],
    ]);
    expect([invoice.status, invoice.amount_paid, invoice.billing_reason]).toEqual([
      "paid",
      2100,
      "subscription_update",
    ]);

    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: bad.id } });
    const before = sandbox.events().length;
    const failed = await refusal(
      stripe.subscriptions.update(id, {
        items: [{ id: items.data[0]?.id ?? "", quantity: 5 }],
        proration_behavior: "always_invoice",
        payment_behavior: "error_if_incomplete",
      }),
    );
    expect(failed.code).toBe("card_declined");
    expect((await stripe.subscriptions.retrieve(id)).items.data[0]?.quantity).toBe(1);
    expect(sandbox.events().length).toBe(before);
  });
});
