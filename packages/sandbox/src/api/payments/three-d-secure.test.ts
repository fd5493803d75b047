import { expect, it } from "vitest";
import { connect, payer, recurringPrice } from "../../../test/connect.js";

const clock = () => new Date(Date.UTC(2026, 0, 15));
const success_url = "https://app.example.com";

it.each([
  ["automatic", "pm_card_threeDSecureOptional", "complete"],
  ["any", "pm_card_threeDSecureOptional", "open"],
  ["challenge", "pm_card_threeDSecureOptional", "open"],
  // Not enrolled: there is nothing to ask.
  ["any", "pm_card_visa", "complete"],
] as const)("asked for as %s, with %s, leaves a checkout %s", async (request, card, status) => {
  const { sandbox, stripe } = await connect({ clock });
  const price = await recurringPrice(stripe, 2000);
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: price.id, quantity: 1 }],
    payment_method_options: { card: { request_three_d_secure: request } },
    success_url,
  });
  expect(session.payment_method_options?.card).toEqual({ request_three_d_secure: request });
  const attempt = sandbox.pay(session.id, { card, authentication: "fail" });
  await (status === "complete" ? attempt : expect(attempt).rejects.toThrow());
  const after = await stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] });
  expect(after.status).toBe(status);
  if (status === "open") return;
  expect(after.subscription).toMatchObject({
    payment_settings: { payment_method_options: { card: { request_three_d_secure: request } } },
  });
});

it("is asked for by a subscription when its customer is there, and not at a renewal", async () => {
  let now = clock();
  const { sandbox, stripe } = await connect({ clock: () => now });
  const customer = await payer(stripe, "pm_card_threeDSecureOptional");
  const price = await recurringPrice(stripe, 2000);
  const card = { request_three_d_secure: "any" } as const;
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    payment_settings: { payment_method_options: { card } },
  });
  expect(subscription.status).toBe("incomplete");
  const usual = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  await stripe.subscriptions.update(usual.id, { payment_settings: { payment_method_options: { card } } });
  now = new Date(Date.UTC(2026, 1, 16));
  sandbox.advance(now);
  expect(await stripe.subscriptions.retrieve(usual.id)).toMatchObject({ status: "active" });
  const { data } = await stripe.invoices.list({ subscription: usual.id });
  expect(data.map(({ status }) => status)).toEqual(["paid", "paid"]);
});

it("is asked for by a payment of the app's own, and by a setup through a checkout", async () => {
  const { sandbox, stripe } = await connect({ clock });
  const card = { request_three_d_secure: "challenge" } as const;
  const intent = await stripe.paymentIntents.create({
    amount: 500,
    currency: "usd",
    payment_method: "pm_card_threeDSecureOptional",
    payment_method_options: { card },
    confirm: true,
    return_url: success_url,
  });
  expect(intent.status).toBe("requires_action");
  const session = await stripe.checkout.sessions.create({
    mode: "setup",
    currency: "usd",
    payment_method_options: { card },
    success_url,
  });
  await expect(
    sandbox.pay(session.id, { card: "pm_card_threeDSecureOptional", authentication: "fail" }),
  ).rejects.toThrow();
  await sandbox.pay(session.id, { card: "pm_card_visa" });
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("complete");
});
