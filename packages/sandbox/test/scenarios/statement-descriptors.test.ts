import { afterEach, describe, expect, it } from "vitest";
import { checkBooks, openStage, type Stage } from "./open-stage.js";

// https://docs.stripe.com/get-started/account/statement-descriptors and, of trials,
// https://docs.stripe.com/billing/subscriptions/trials/manage-trial-compliance

let stage: Stage;
afterEach(() => checkBooks(stage));

/** What was printed for each charge since the beginning, oldest first. */
const printed = async ({ stripe, customer }: Stage): Promise<(string | null)[]> =>
  (await stripe.charges.list({ customer })).data.reverse().map((one) => one.calculated_statement_descriptor);

const subscribe = async (statement_descriptor: string | undefined, trial_period_days: number | undefined) => {
  const { stripe, customer } = stage;
  const product_data = { name: "Pro", ...(statement_descriptor ? { statement_descriptor } : {}) };
  const base = { currency: "usd", unit_amount: 2900, recurring: { interval: "month" } as const };
  const price = await stripe.prices.create({ ...base, product_data });
  return stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    ...(trial_period_days ? { trial_period_days } : {}),
  });
};

describe("what a customer reads on the statement", () => {
  it.each([
    ["the account's name", undefined, "SANDBOX"],
    ["the product's own text", "Runclub", "RUNCLUB"],
  ])("is %s", async (_, given, expected) => {
    stage = await openStage();
    await subscribe(given, undefined);
    expect(await printed(stage)).toEqual([expected]);
  });

  it("is an invoice's own text before that", async () => {
    stage = await openStage();
    const { stripe, customer } = stage;
    const invoice = await stripe.invoices.create({ customer, statement_descriptor: "Order 12" });
    await stripe.invoiceItems.create({ customer, invoice: `${invoice.id}`, amount: 500, currency: "usd" });
    await stripe.invoices.pay(`${invoice.id}`);
    expect(await printed(stage)).toEqual(["ORDER 12"]);
  });

  it.each([
    ["a short name", undefined, "SANDBOX * TRIAL OVER", "SANDBOX"],
    ["a long one, cut after ten characters", "Runclub in town", "RUNCLUB IN * TRIAL OVE", "RUNCLUB IN TOWN"],
  ])("says once that a trial is over: %s", async (_, given, first, then) => {
    stage = await openStage();
    await subscribe(given, 7);
    await stage.to("2027-02-09");
    expect(await printed(stage)).toEqual([first, then]);
  });

  it("says so of a trial that was cut short", async () => {
    stage = await openStage();
    const { id } = await subscribe(undefined, 7);
    await stage.stripe.subscriptions.update(id, { trial_end: "now" });
    expect(await printed(stage)).toEqual(["SANDBOX * TRIAL OVER"]);
  });
});
