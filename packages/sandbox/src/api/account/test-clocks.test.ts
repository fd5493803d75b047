import { describe, expect, it } from "vitest";
import { connect, recurringPrice, refusal } from "../../../test/connect.js";

const noon = Date.UTC(2026, 0, 31, 12) / 1000;
const day = 86_400;

/** A sandbox whose own time differs from that of the clocks in it. */
const start = () => connect({ clock: () => new Date(Date.UTC(2030, 5, 1)) });

describe("test clocks", () => {
  it("are created at their time, retrieved and listed", async () => {
    const { stripe, sandbox } = await start();
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: noon, name: "Renewals" });
    expect(clock).toMatchObject({
      object: "test_helpers.test_clock",
      frozen_time: noon,
      name: "Renewals",
      status: "ready",
      status_details: {},
      livemode: false,
    });
    expect(clock.deletes_after - clock.created).toBe(30 * day);
    const other = await stripe.testHelpers.testClocks.create({ frozen_time: noon });
    expect(other.name).toBeNull();
    expect((await stripe.testHelpers.testClocks.retrieve(clock.id)).frozen_time).toBe(noon);
    expect((await stripe.testHelpers.testClocks.list()).data.map(({ id }) => id)).toEqual([
      other.id,
      clock.id,
    ]);
    expect(sandbox.events()[0]).toMatchObject({ type: "test_helpers.test_clock.created", created: noon });
  });

  it("answer an advance with `advancing`, and are ready once the new time has come", async () => {
    const { stripe, sandbox } = await start();
    const { id } = await stripe.testHelpers.testClocks.create({ frozen_time: noon });
    const answer = await stripe.testHelpers.testClocks.advance(id, { frozen_time: noon + day });
    expect(answer).toMatchObject({
      status: "advancing",
      frozen_time: noon,
      status_details: { advancing: { target_frozen_time: noon + day } },
    });
    const after = await stripe.testHelpers.testClocks.retrieve(id);
    expect(after).toMatchObject({ status: "ready", frozen_time: noon + day, status_details: {} });
    expect(sandbox.events().map(({ type, created }) => [type, created])).toEqual([
      ["test_helpers.test_clock.created", noon],
      ["test_helpers.test_clock.advancing", noon],
      ["test_helpers.test_clock.ready", noon + day],
    ]);
  });

  it.each([
    ["into the past", -1],
    ["to where they are", 0],
    ["more than two years without a subscription", 731 * day],
  ])("refuse to be advanced %s, and stay as they are", async (_, by) => {
    const { stripe, sandbox } = await start();
    const { id } = await stripe.testHelpers.testClocks.create({ frozen_time: noon });
    const error = await refusal(stripe.testHelpers.testClocks.advance(id, { frozen_time: noon + by }));
    expect([error.statusCode, error.param]).toEqual([400, "frozen_time"]);
    expect(await stripe.testHelpers.testClocks.retrieve(id)).toMatchObject({
      status: "ready",
      frozen_time: noon,
    });
    expect(sandbox.events()).toHaveLength(1);
  });

  it("advance by at most two intervals of the shortest subscription at a time", async () => {
    const { stripe } = await start();
    const { id } = await stripe.testHelpers.testClocks.create({ frozen_time: noon });
    const customer = await stripe.customers.create({ test_clock: id, payment_method: "pm_card_visa" });
    for (const interval of ["year", "month"] as const) {
      const price = await recurringPrice(stripe, 100, interval);
      await stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        payment_behavior: "default_incomplete",
      });
    }
    const twoMonths = Date.UTC(2026, 2, 31, 12) / 1000;
    const error = await refusal(stripe.testHelpers.testClocks.advance(id, { frozen_time: twoMonths + 1 }));
    expect(error.param).toBe("frozen_time");
    await stripe.testHelpers.testClocks.advance(id, { frozen_time: twoMonths });
  });

  it("have at most three customers", async () => {
    const { stripe } = await start();
    const { id } = await stripe.testHelpers.testClocks.create({ frozen_time: noon });
    for (let count = 0; count < 3; count++) await stripe.customers.create({ test_clock: id });
    const error = await refusal(stripe.customers.create({ test_clock: id }));
    expect([error.statusCode, error.param]).toEqual([400, "test_clock"]);
    const unknown = await refusal(stripe.customers.create({ test_clock: "clock_none" }));
    expect([unknown.code, unknown.param]).toEqual(["resource_missing", "test_clock"]);
  });

  it("take over a customer that already exists, with everything of theirs, and only once", async () => {
    const { stripe } = await start();
    const customer = await stripe.customers.create({});
    const price = await recurringPrice(stripe, 100);
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      payment_behavior: "default_incomplete",
    });
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: noon, customer: customer.id });
    expect((await stripe.customers.retrieve(customer.id)) as object).toMatchObject({ test_clock: clock.id });
    expect((await stripe.subscriptions.retrieve(subscription.id)).test_clock).toBe(clock.id);
    const again = stripe.testHelpers.testClocks.create({ frozen_time: noon, customer: customer.id });
    expect((await refusal(again)).param).toBe("customer");
    expect((await stripe.testHelpers.testClocks.list()).data).toHaveLength(1);
  });

  it("delete their customers and end their subscriptions when they are deleted", async () => {
    const { stripe, sandbox } = await start();
    const { id } = await stripe.testHelpers.testClocks.create({ frozen_time: noon });
    const customer = await stripe.customers.create({ test_clock: id });
    const price = await recurringPrice(stripe, 100);
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 30,
    });
    expect(await stripe.testHelpers.testClocks.del(id)).toMatchObject({ id, deleted: true });
    expect((await stripe.customers.retrieve(customer.id)).deleted).toBe(true);
    const ended = await stripe.subscriptions.retrieve(subscription.id);
    expect([ended.status, ended.ended_at]).toEqual(["canceled", noon]);
    expect((await refusal(stripe.testHelpers.testClocks.retrieve(id))).code).toBe("resource_missing");
    expect(sandbox.events().at(-1)?.type).toBe("test_helpers.test_clock.deleted");
  });

  it("delete themselves after 30 days of the sandbox's own time", async () => {
    const { stripe, sandbox } = await start();
    const { id, deletes_after } = await stripe.testHelpers.testClocks.create({ frozen_time: noon });
    sandbox.advance(new Date((deletes_after - 1) * 1000));
    expect((await stripe.testHelpers.testClocks.retrieve(id)).id).toBe(id);
    sandbox.advance(new Date(deletes_after * 1000));
    expect((await refusal(stripe.testHelpers.testClocks.retrieve(id))).statusCode).toBe(404);
  });

  it("play what is theirs and nothing else, and the sandbox's own clock plays the rest", async () => {
    const { stripe, sandbox } = await start();
    const { id } = await stripe.testHelpers.testClocks.create({ frozen_time: noon });
    const price = await recurringPrice(stripe, 100);
    const trialOf = async (fields: { test_clock?: string }) => {
      const customer = await stripe.customers.create(fields);
      return stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        trial_period_days: 10,
        trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
      });
    };
    const [frozen, free] = [await trialOf({ test_clock: id }), await trialOf({})];
    expect([frozen.created, frozen.trial_end, frozen.test_clock]).toEqual([noon, noon + 10 * day, id]);
    sandbox.advance(new Date(Date.UTC(2030, 5, 21)));
    expect((await stripe.subscriptions.retrieve(free.id)).status).toBe("canceled");
    expect((await stripe.subscriptions.retrieve(frozen.id)).status).toBe("trialing");
  });

  it("give everything that happens on the way its own second", async () => {
    const { stripe, sandbox } = await start();
    const { id } = await stripe.testHelpers.testClocks.create({ frozen_time: noon });
    const customer = await stripe.customers.create({ test_clock: id });
    const price = await recurringPrice(stripe, 100);
    const { id: subscription } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 10,
      trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
    });
    const position = sandbox.events().length;
    await stripe.testHelpers.testClocks.advance(id, { frozen_time: noon + 20 * day });
    const told = sandbox.events().slice(position);
    expect(
      told
        .filter(({ type }) => !type.startsWith("invoice"))
        .map(({ type, created }) => [type, (created - noon) / day]),
    ).toEqual([
      ["test_helpers.test_clock.advancing", 0],
      ["customer.subscription.trial_will_end", 7],
      ["customer.subscription.deleted", 10],
      ["test_helpers.test_clock.ready", 20],
    ]);
    expect((await stripe.subscriptions.retrieve(subscription)).ended_at).toBe(noon + 10 * day);
  });
});
