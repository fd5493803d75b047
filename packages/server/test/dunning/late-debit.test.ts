import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memory } from "../../src/stores/memory/memory.js";
import { type DunningStory, day, openStory } from "./dunning-story.js";

/** https://docs.stripe.com/testing#sepa-direct-debit: its money is sent back some days later. */
const fails = "DE62370400440532013001";

describe("a debit that takes days", () => {
  let story: DunningStory;
  beforeAll(async () => {
    story = await openStory(memory());
  });
  afterAll(() => story.close());

  test("is dunned when it fails, not while it is on its way", async () => {
    const customer = await story.begin({ planId: "starter", interval: "month", currency: "eur" });
    const { id, providerCustomerId } = await customer.stored();
    const { dashboard, sandbox } = story.world;
    const made = await dashboard.paymentMethods.create({
      type: "sepa_debit",
      sepa_debit: { iban: fails },
      billing_details: { name: "Ada Lovelace", email: "ada@example.com" },
    });
    const method = await dashboard.paymentMethods.attach(made.id, { customer: providerCustomerId });
    await dashboard.subscriptions.update(id, { default_payment_method: method.id });
    const started = sandbox.now();
    await customer.renew();
    const days: string[] = [];
    for (let passed = 0; passed < 3 && customer.noticed().length === 0; passed += 1) {
      days.push((await customer.stored()).status);
      await customer.pass(day);
    }
    expect(days).not.toContain("past_due");
    const { dunning, pastDueSince } = await customer.stored();
    expect(dunning?.since).toBe(pastDueSince);
    expect(Date.parse(dunning?.since ?? "")).toBeGreaterThan(started.getTime() + 28 * day * 1000);
    expect(customer.noticed()).toEqual([0]);
  });
});
