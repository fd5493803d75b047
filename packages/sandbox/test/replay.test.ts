import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { createSandboxAt } from "../src/sandbox/create-sandbox.js";
import { payer, recurringPrice } from "./connect.js";

const start = Date.UTC(2026, 0, 31, 12);
const day = 86_400_000;
const later = (days: number): Date => new Date(start + days * day);

/** A sandbox without a network, and an SDK whose idempotency keys are counted instead of random. */
const open = (seed: string) => {
  const unplaced = createSandboxAt(() => "http://sandbox.test", {
    seed,
    clock: () => new Date(start),
    log: () => undefined,
  });
  let calls = 0;
  const http: typeof fetch = (input, init) => {
    const request = new Request(input, init);
    if (request.headers.has("idempotency-key")) request.headers.set("idempotency-key", `call-${++calls}`);
    return unplaced.sandbox.fetch(request);
  };
  const stripe = new Stripe(unplaced.sandbox.secretKey, {
    host: "sandbox.test",
    protocol: "http",
    httpClient: Stripe.createFetchHttpClient(http),
    maxNetworkRetries: 0,
  });
  /** Everything of every account: objects, events, what is hidden. */
  const written = (): string => JSON.stringify(unplaced.state().accounts);
  return { ...unplaced, stripe, written };
};

type Opened = ReturnType<typeof open>;

/** On the sandbox's own clock: a change of plan, a failed renewal and its retries, a trial, a scheduled end. */
const liveFreely = async ({ stripe, sandbox }: Opened): Promise<void> => {
  const [price, dear] = [await recurringPrice(stripe, 2900), await recurringPrice(stripe, 9900, "year")];
  const customer = await payer(stripe);
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  sandbox.advance(later(10));
  const item = subscription.items.data[0]?.id ?? "";
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item, price: dear.id, quantity: 2 }] });
  await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 14,
  });
  const ending = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  await stripe.subscriptions.update(ending.id, { cancel_at_period_end: true });
  const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: bad.id } });
  await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: "https://app.test/ok",
  });
  sandbox.advance(later(50));
};

/** On a test clock at another time. */
const liveFrozen = async ({ stripe, sandbox }: Opened): Promise<void> => {
  const noon = Date.UTC(2031, 7, 31, 12) / 1000;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: noon });
  const price = await recurringPrice(stripe, 500);
  const card = await stripe.paymentMethods.create({ type: "card", card: { token: "tok_visa" } });
  const customer = await stripe.customers.create({ test_clock: clock.id, payment_method: card.id });
  await stripe.subscriptions.create({
    customer: customer.id,
    default_payment_method: card.id,
    items: [{ price: price.id }],
  });
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: noon + 40 * 86_400 });
  sandbox.advance(later(60));
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: noon + 70 * 86_400 });
};

const live = async (opened: Opened): Promise<void> => {
  await liveFreely(opened);
  await liveFrozen(opened);
};

describe("a history that is played again", () => {
  it("gives the same world byte for byte: objects, events, and what is hidden", async () => {
    const [first, second] = [open("one"), open("one")];
    await live(first);
    await live(second);
    expect(second.written()).toBe(first.written());
    const types = second.sandbox.events().map(({ type }) => type);
    for (const type of [
      "invoice.payment_failed",
      "customer.subscription.deleted",
      "test_helpers.test_clock.ready",
    ])
      expect(types).toContain(type);
  });

  it("gives other ids with another seed", async () => {
    const [first, second] = [open("one"), open("two")];
    await live(first);
    await live(second);
    const ids = (opened: Opened) => opened.sandbox.events().map(({ id }) => id);
    expect(ids(second)).toHaveLength(ids(first).length);
    expect(ids(second).some((id) => ids(first).includes(id))).toBe(false);
  });

  it("continues in the same way after it was written down and read again", async () => {
    const first = open("one");
    await live(first);
    const second = open("one");
    second.restore(JSON.parse(JSON.stringify(first.state())));
    expect(second.written()).toBe(first.written());
    for (const days of [61, 75, 200]) for (const { sandbox } of [first, second]) sandbox.advance(later(days));
    expect(second.written()).toBe(first.written());
  });
});
