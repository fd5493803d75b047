import { type Connected, payer, recurringPrice, refusal } from "./connect.js";

/** Lives through a bit of everything. */
export const live = async ({ stripe, sandbox }: Connected): Promise<void> => {
  const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
  const yearly = await recurringPrice(stripe, 29_000, "year");
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    expand: ["latest_invoice.payments", "latest_invoice.confirmation_secret"],
  });
  const item = subscription.items.data[0]?.id ?? "";
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item, price: yearly.id }] });
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item, quantity: 3 }] });
  await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
  await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 7,
  });
  const bare = await stripe.customers.create({});
  const pausing = await stripe.subscriptions.create({
    customer: bare.id,
    items: [{ price: price.id }],
    trial_period_days: 7,
    trial_settings: { end_behavior: { missing_payment_method: "pause" } },
  });
  const urls = { success_url: "https://app.test/ok", cancel_url: "https://app.test/no" };
  const line_items = [{ price: price.id, quantity: 1, adjustable_quantity: { enabled: true } }];
  await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items,
    ...urls,
    expand: ["line_items"],
  });
  await stripe.checkout.sessions.create({ mode: "setup", currency: "usd", ...urls });
  const portal = { customer: bare.id, return_url: "https://app.test" };
  const flow_data = {
    type: "subscription_cancel",
    subscription_cancel: { subscription: pausing.id },
  } as const;
  await stripe.billingPortal.sessions.create({ ...portal, flow_data });
  await stripe.billingPortal.configurations.list();
  await intents({ stripe, sandbox }, customer.id);
  await stripe.webhookEndpoints.create({
    url: "https://app.test/hook",
    enabled_events: ["billing.alert.triggered"],
  });
  sandbox.advance(new Date(Date.UTC(2026, 1, 15)));
  await stripe.subscriptions.retrieve(pausing.id);
  sandbox.advance(new Date(Date.UTC(2027, 2, 1)));
};

const intents = async ({ stripe }: Connected, customer: string): Promise<void> => {
  const base = { amount: 500, currency: "usd", customer, confirm: true } as const;
  const paid = await stripe.paymentIntents.create({ ...base, payment_method: "pm_card_visa" });
  await stripe.refunds.create({ payment_intent: paid.id, amount: 200 });
  await refusal(stripe.paymentIntents.create({ ...base, payment_method: "pm_card_chargeDeclined" }));
  const redirect = { payment_method: "pm_card_threeDSecure2Required", return_url: "https://app.test/back" };
  await stripe.paymentIntents.create({ ...base, ...redirect });
  const held = await stripe.paymentIntents.create({
    ...base,
    payment_method: "pm_card_visa",
    capture_method: "manual",
  });
  await stripe.paymentIntents.capture(held.id);
  await stripe.setupIntents.create({ customer, confirm: true, ...redirect });
  await refusal(
    stripe.setupIntents.create({ customer, confirm: true, payment_method: "pm_card_chargeDeclined" }),
  );
};
