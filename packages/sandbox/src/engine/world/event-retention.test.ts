import { describe, expect, it } from "vitest";
import { connect } from "../../../test/connect.js";

const start = Date.UTC(2026, 0, 31, 12);
const day = 86_400_000;
const later = (days: number): Date => new Date(start + days * day);

describe("the event log", () => {
  it("keeps events for 30 days of the sandbox's clock, and then forgets them", async () => {
    const { stripe, sandbox } = await connect({ clock: () => new Date(start) });
    await stripe.customers.create({});
    sandbox.advance(later(20));
    await stripe.customers.create({});
    sandbox.advance(later(29.9));
    expect(sandbox.events()).toHaveLength(2);
    sandbox.advance(later(31));
    expect(sandbox.events()).toHaveLength(1);
    expect((await stripe.events.list()).data).toHaveLength(1);
    sandbox.advance(later(51));
    expect(sandbox.events()).toHaveLength(0);
  });

  it("keeps events of a test clock as long as the others, whatever their own time", async () => {
    const { stripe, sandbox } = await connect({ clock: () => new Date(start) });
    await stripe.testHelpers.testClocks.create({ frozen_time: Date.UTC(2001, 0, 1) / 1000 });
    await stripe.testHelpers.testClocks.create({ frozen_time: Date.UTC(2040, 0, 1) / 1000 });
    sandbox.advance(later(29));
    expect(sandbox.events()).toHaveLength(2);
    sandbox.advance(later(31));
    expect(sandbox.events().map(({ type }) => type)).not.toContain("test_helpers.test_clock.created");
  });

  it("still delivers events that left it while the clock was moved", async () => {
    const bodies: string[] = [];
    const { stripe, sandbox } = await connect({
      clock: () => new Date(start),
      webhooks: [{ url: "http://app.test/hook" }],
      fetch: async (_input, init) => {
        bodies.push(String(init?.body));
        return new Response(null, { status: 200 });
      },
    });
    const product = await stripe.products.create({ name: "Pro" });
    const price = await stripe.prices.create({
      product: product.id,
      currency: "usd",
      unit_amount: 100,
      recurring: { interval: "month" },
    });
    const customer = await stripe.customers.create({});
    await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 10,
      trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
    });
    sandbox.advance(later(100));
    await sandbox.settled();
    expect(sandbox.events()).toEqual([]);
    expect(bodies.join()).toContain("customer.subscription.trial_will_end");
    expect(bodies.join()).toContain("customer.subscription.deleted");
  });
});
