import { describe, expect, it } from "vitest";
import { connect, recurringPrice, refusal } from "../../../test/connect.js";

describe("payment links", () => {
  it("opens a separate checkout for everybody who follows it", async () => {
    const { stripe, sandbox } = await connect();
    const price = await recurringPrice(stripe, 900);
    const link = await stripe.paymentLinks.create({
      line_items: [{ price: price.id, quantity: 2 }],
      metadata: { campaign: "spring" },
    });
    expect(link).toMatchObject({ active: true, currency: "usd", metadata: { campaign: "spring" } });
    expect(sandbox.events().at(-1)?.type).toBe("payment_link.created");
    const follow = () => fetch(link.url, { redirect: "manual" });
    const [first, second] = [await follow(), await follow()];
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(first.headers.get("location")).not.toBe(second.headers.get("location"));
    const sessions = await stripe.checkout.sessions.list({ payment_link: link.id });
    expect(sessions.data).toHaveLength(2);
    expect(sessions.data[0]).toMatchObject({
      amount_total: 1800,
      mode: "subscription",
      metadata: { campaign: "spring" },
      payment_link: link.id,
    });
    const lines = await stripe.paymentLinks.listLineItems(link.id);
    expect(lines.data.map((line) => [line.quantity, line.amount_total])).toEqual([[2, 1800]]);
  });

  it("opens nothing once it is switched off, and says so", async () => {
    const { stripe, sandbox } = await connect();
    const price = await recurringPrice(stripe, 900);
    const link = await stripe.paymentLinks.create({ line_items: [{ price: price.id, quantity: 1 }] });
    const off = await stripe.paymentLinks.update(link.id, { active: false, inactive_message: "Sold out" });
    expect(off.active).toBe(false);
    expect(sandbox.events().at(-1)?.data.previous_attributes).toEqual({
      active: true,
      inactive_message: null,
    });
    const answer = await fetch(link.url);
    expect([answer.status, (await answer.text()).includes("Sold out")]).toEqual([410, true]);
    expect((await stripe.paymentLinks.list({ active: true })).data).toEqual([]);
    expect((await stripe.checkout.sessions.list({})).data).toEqual([]);
  });

  it("refuses lines without a price, or in two currencies", async () => {
    const { stripe } = await connect();
    const dollars = await recurringPrice(stripe, 900);
    const product = await stripe.products.create({ name: "Euro" });
    const euros = await stripe.prices.create({ product: product.id, currency: "eur", unit_amount: 5 });
    const none = await refusal(stripe.paymentLinks.create({ line_items: [] }));
    expect(none.statusCode).toBe(400);
    const line_items = [
      { price: dollars.id, quantity: 1 },
      { price: euros.id, quantity: 1 },
    ];
    expect((await refusal(stripe.paymentLinks.create({ line_items }))).param).toBe("line_items");
    expect((await refusal(stripe.paymentLinks.retrieve("plink_none"))).statusCode).toBe(404);
  });
});

describe("what a payment link asks for", () => {
  const redirect = "https://app.test/thanks?session={CHECKOUT_SESSION_ID}";

  it("is asked by the checkout that it opens", async () => {
    const { stripe } = await connect();
    const rate = await stripe.shippingRates.create({
      display_name: "Post",
      type: "fixed_amount",
      fixed_amount: { amount: 500, currency: "usd" },
    });
    const link = await stripe.paymentLinks.create({
      line_items: [
        { price_data: { currency: "usd", unit_amount: 2000, product_data: { name: "Book" } }, quantity: 1 },
      ],
      after_completion: { type: "redirect", redirect: { url: redirect } },
      allow_promotion_codes: true,
      automatic_tax: { enabled: true },
      billing_address_collection: "required",
      consent_collection: { promotions: "auto", terms_of_service: "required" },
      custom_fields: [{ key: "engraving", label: { custom: "Engraving", type: "custom" }, type: "text" }],
      custom_text: { submit: { message: "Sent on Mondays." } },
      invoice_creation: { enabled: true, invoice_data: { footer: "Thanks" } },
      payment_intent_data: { description: "A book" },
      phone_number_collection: { enabled: true },
      shipping_address_collection: { allowed_countries: ["DE", "US"] },
      shipping_options: [{ shipping_rate: rate.id }],
      tax_id_collection: { enabled: true },
    });
    expect(link.shipping_options).toEqual([{ shipping_amount: 500, shipping_rate: rate.id }]);
    await fetch(`${link.url}?client_reference_id=order-7&locale=de`, { redirect: "manual" });
    const [session] = (await stripe.checkout.sessions.list({ payment_link: link.id })).data;
    expect(session).toMatchObject({
      allow_promotion_codes: true,
      amount_total: 2500,
      automatic_tax: { enabled: true },
      billing_address_collection: "required",
      client_reference_id: "order-7",
      consent_collection: { promotions: "auto", terms_of_service: "required" },
      custom_fields: [{ key: "engraving" }],
      custom_text: { submit: { message: "Sent on Mondays." } },
      invoice_creation: { enabled: true, invoice_data: { footer: "Thanks" } },
      locale: "de",
      phone_number_collection: { enabled: true },
      shipping_address_collection: { allowed_countries: ["DE", "US"] },
      shipping_options: [{ shipping_amount: 500 }],
      success_url: redirect,
      tax_id_collection: { enabled: true },
    });
  });

  it("is what an update left, a trial's end included", async () => {
    const { stripe, sandbox } = await connect();
    const price = await recurringPrice(stripe, 900);
    const link = await stripe.paymentLinks.create({
      line_items: [{ price: price.id, quantity: 1 }],
      consent_collection: { promotions: "auto" },
      custom_fields: [{ key: "team", label: { custom: "Team", type: "custom" }, type: "text" }],
      payment_method_collection: "if_required",
      subscription_data: {
        description: "Pro",
        trial_period_days: 7,
        trial_settings: { end_behavior: { missing_payment_method: "pause" } },
      },
    });
    const updated = await stripe.paymentLinks.update(link.id, {
      custom_fields: "",
      phone_number_collection: { enabled: true },
      subscription_data: { trial_period_days: 14 },
    });
    expect(updated).toMatchObject({
      consent_collection: { promotions: "auto" },
      custom_fields: [],
      subscription_data: { description: "Pro", trial_period_days: 14 },
    });
    expect(Object.keys(sandbox.events().at(-1)?.data.previous_attributes ?? {})).toEqual([
      "custom_fields",
      "phone_number_collection",
      "subscription_data",
    ]);
    await fetch(link.url, { redirect: "manual" });
    const [session] = (await stripe.checkout.sessions.list({ payment_link: link.id })).data;
    expect(session?.custom_fields).toEqual([]);
    await fetch(`${sandbox.url}/c/pay/${session?.id}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "email=ada%40example.com&phone=%2B15555550100",
    });
    const [subscription] = (await stripe.subscriptions.list({})).data;
    expect(subscription).toMatchObject({
      description: "Pro",
      status: "trialing",
      trial_settings: { end_behavior: { missing_payment_method: "pause" } },
    });
    const days = ((subscription?.trial_end ?? 0) - (subscription?.trial_start ?? 0)) / 86_400;
    expect(days).toBe(14);
  });

  it("gives no trial once its days are cleared", async () => {
    const { stripe } = await connect();
    const price = await recurringPrice(stripe, 900);
    const link = await stripe.paymentLinks.create({
      line_items: [{ price: price.id, quantity: 1 }],
      subscription_data: { metadata: { team: "blue" }, trial_period_days: 7 },
    });
    const updated = await stripe.paymentLinks.update(link.id, {
      subscription_data: { trial_period_days: "" },
    });
    expect(updated.subscription_data).toMatchObject({ metadata: { team: "blue" }, trial_period_days: null });
    await fetch(link.url, { redirect: "manual" });
    const [session] = (await stripe.checkout.sessions.list({ payment_link: link.id })).data;
    expect([session?.amount_total, session?.payment_status]).toEqual([900, "unpaid"]);
    const html = await (await fetch(session?.url ?? "")).text();
    expect(html).toContain("You’ll be charged $9.00 today");
  });

  it("ends with its sales, and thanks each buyer in its own words", async () => {
    const { stripe, sandbox } = await connect();
    const link = await stripe.paymentLinks.create({
      line_items: [
        { price_data: { currency: "usd", unit_amount: 2000, product_data: { name: "Seat" } }, quantity: 1 },
      ],
      after_completion: {
        type: "hosted_confirmation",
        hosted_confirmation: { custom_message: "See you <there>" },
      },
      inactive_message: "Sold out",
      restrictions: { completed_sessions: { limit: 1 } },
    });
    await fetch(link.url, { redirect: "manual" });
    const [session] = (await stripe.checkout.sessions.list({ payment_link: link.id })).data;
    const paid = await fetch(`${sandbox.url}/c/pay/${session?.id}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "email=ada%40example.com&number=4242424242424242&expiry=12%2F40&cvc=123&name=Ada",
    });
    expect([paid.url, (await paid.text()).includes("See you &lt;there&gt;")]).toEqual([
      `${link.url}/done`,
      true,
    ]);
    const { restrictions } = await stripe.paymentLinks.retrieve(link.id);
    expect(restrictions?.completed_sessions).toEqual({ count: 1, limit: 1 });
    const answer = await fetch(link.url);
    expect([answer.status, (await answer.text()).includes("Sold out")]).toEqual([410, true]);
  });

  it("is refused where a checkout would refuse it, and nothing is created", async () => {
    const { stripe, sandbox } = await connect();
    const price = await recurringPrice(stripe, 900);
    const line_items = [{ price: price.id, quantity: 1 }];
    const before = sandbox.events().length;
    const twice = [1, 2].map(() => ({
      key: "team",
      label: { custom: "Team", type: "custom" as const },
      type: "text" as const,
    }));
    const again = await refusal(stripe.paymentLinks.create({ line_items, custom_fields: twice }));
    expect([again.statusCode, again.param?.startsWith("custom_fields")]).toEqual([400, true]);
    const bills = await refusal(
      stripe.paymentLinks.create({ line_items, invoice_creation: { enabled: true } }),
    );
    expect(bills.param).toBe("invoice_creation");
    const scripted = { type: "redirect" as const, redirect: { url: "javascript:alert(1)" } };
    const url = await refusal(stripe.paymentLinks.create({ line_items, after_completion: scripted }));
    expect(url.param).toBe("after_completion[redirect][url]");
    expect([sandbox.events().length, (await stripe.paymentLinks.list()).data]).toEqual([before, []]);
  });
});
