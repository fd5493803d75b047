import { expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

// The declarations of the SDK: Billing/FeedbackOptions.d.ts and Subscriptions.d.ts (`cancellation_details`); since
// 2026-08-26.dahlia, https://docs.stripe.com/changelog/dahlia/2026-08-26

it("a reason of the account's own is given when a subscription ends, by the API and in the portal", async () => {
  const { stripe, sandbox } = await connect();
  const options = stripe.billing.feedbackOptions;
  const option = await options.create({ description: "Moved to a boat" });
  expect(option).toMatchObject({
    object: "billing.feedback_option",
    description: "Moved to a boat",
    status: "active",
    status_transitions: { deactivated_at: null },
  });
  const { id: feedback_option } = await options.update(option.id, { description: "Moved onto a boat" });
  const { id: customer } = await payer(stripe);
  const { id: price } = await recurringPrice(stripe, 1000);
  const subscribe = async () => (await stripe.subscriptions.create({ customer, items: [{ price }] })).id;

  const ended = await stripe.subscriptions.cancel(await subscribe(), {
    cancellation_details: { feedback_option, comment: "Farewell" },
    expand: ["cancellation_details.feedback_option"],
  });
  expect(ended.cancellation_details).toMatchObject({
    comment: "Farewell",
    feedback: null,
    feedback_option: { id: feedback_option, description: "Moved onto a boat" },
    reason: "cancellation_requested",
  });
  const planned = await subscribe();
  await stripe.subscriptions.update(planned, {
    cancel_at_period_end: true,
    cancellation_details: { feedback_option },
  });
  const taken = await stripe.subscriptions.update(planned, { cancel_at_period_end: false });
  expect(taken.cancellation_details?.feedback_option).toBeNull();

  const { id: configuration } = await stripe.billingPortal.configurations.create({
    features: {
      subscription_cancel: {
        enabled: true,
        cancellation_reason: { enabled: true, options: ["unused"], feedback_options: [feedback_option] },
      },
    },
  });
  const session = await stripe.billingPortal.sessions.create({ customer, configuration });
  const step = `${session.url}/cancel/${planned}`;
  expect(await (await fetch(step)).text()).toContain("Moved onto a boat");
  const form = new URLSearchParams({ feedback: feedback_option });
  await fetch(step, { method: "POST", body: form, headers: { origin: sandbox.url }, redirect: "manual" });
  const left = await stripe.subscriptions.retrieve(planned);
  expect(left.cancellation_details).toMatchObject({ feedback: null, feedback_option });

  const gone = await options.deactivate(feedback_option);
  expect(gone).toMatchObject({
    status: "inactive",
    status_transitions: { deactivated_at: expect.any(Number) },
  });
  expect((await options.list({ status: "active" })).data).toEqual([]);
  expect((await options.list()).data).toEqual([gone]);
  for (const [id, code] of [
    [feedback_option, undefined],
    ["fbo_none", "resource_missing"],
  ] as const) {
    const error = await refusal(
      stripe.subscriptions.cancel(planned, { cancellation_details: { feedback_option: id } }),
    );
    expect([error.param, error.code]).toEqual(["cancellation_details[feedback_option]", code]);
  }
  expect(await (await fetch(step)).text()).not.toContain("Moved onto a boat");
});

it("the words of a reason have a hundred characters at most", async () => {
  const { stripe } = await connect();
  const error = await refusal(stripe.billing.feedbackOptions.create({ description: "x".repeat(101) }));
  expect(error.param).toBe("description");
});
