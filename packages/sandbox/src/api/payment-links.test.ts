import { describe, expect, it } from "vitest";
import { connect, recurringPrice, refusal } from "../../test/connect.js";

describe("payment links", () => {
  it("opens a checkout of its own for everybody who follows it", async () => {
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

  it("opens nothing any more once it is switched off, and says so", async () => {
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
