import { expect, test } from "vitest";
import { inProcess } from "../../../test/in-process.js";

test("a portal names every item of a plan and what they cost together, tiers included", async () => {
  const { sandbox, stripe } = inProcess({ settings: { portalSaved: true } });
  const { id: customer } = await stripe.customers.create();
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  const pro = await stripe.prices.create({
    currency: "usd",
    unit_amount: 2900,
    product_data: { name: "Pro" },
    recurring: { interval: "month" },
  });
  const messages = await stripe.prices.create({
    currency: "usd",
    billing_scheme: "tiered",
    tiers_mode: "graduated",
    tiers: [
      { up_to: 10, unit_amount: 50 },
      { up_to: "inf", unit_amount: 20 },
    ],
    product_data: { name: "Messages" },
    recurring: { interval: "month" },
  });
  await stripe.subscriptions.create({
    customer,
    default_payment_method: card.id,
    items: [
      { price: pro.id, quantity: 2 },
      { price: messages.id, quantity: 15 },
    ],
  });
  const portal = await stripe.billingPortal.sessions.create({ customer, return_url: "https://app.test" });
  const html = await (await sandbox.fetch(new Request(portal.url))).text();
  expect(html).toContain("Pro and Messages");
  // 2 × $29, 10 × $0.50 and 5 × $0.20
  expect(html).toContain("$64.00");
});
