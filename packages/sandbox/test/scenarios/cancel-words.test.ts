import { expect, it } from "vitest";
import { at, openStage } from "./open-stage.js";

// The words of `cancel_at` and `cancellation_details.feedback_option`, as the SDK declares them:
// https://docs.stripe.com/api/subscriptions/update
it.each([
  ["min_period_end", "2027-02-01"],
  ["max_period_end", "2028-01-01"],
] as const)("%s ends a subscription with two intervals at %s", async (cancel_at, day) => {
  const { stripe, customer, price } = await openStage();
  const { id } = await stripe.subscriptions.create({
    customer,
    items: [
      { price: await price(1000, { recurring: { interval: "month" } }) },
      { price: await price(9000, { recurring: { interval: "year" } }) },
    ],
  });
  expect(await stripe.subscriptions.update(id, { cancel_at })).toMatchObject({
    cancel_at: at(day),
    cancel_at_period_end: false,
    cancellation_details: { feedback_option: null, reason: "cancellation_requested" },
  });
});
