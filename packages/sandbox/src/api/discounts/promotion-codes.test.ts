import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { type Connected, connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

const now = new Date(Date.UTC(2026, 0, 15));

const shop = async (): Promise<Connected & { coupon: Stripe.Coupon; price: Stripe.Price }> => {
  const connected = await connect({ clock: () => now });
  const coupon = await connected.stripe.coupons.create({ percent_off: 10, duration: "forever" });
  const price = await recurringPrice(connected.stripe, 1000);
  return { ...connected, coupon, price };
};

const promotion = (coupon: Stripe.Coupon) => ({ type: "coupon" as const, coupon: coupon.id });

describe("promotion codes", () => {
  it("get a code in capitals when none is chosen", async () => {
    const { stripe, coupon } = await shop();
    const code = await stripe.promotionCodes.create({ promotion: promotion(coupon) });
    expect(code.code).toMatch(/^[A-Z0-9]{8}$/);
    expect(code).toMatchObject({ active: true, promotion: promotion(coupon), times_redeemed: 0 });
  });

  it("are found by their code in any case, by coupon, by customer and by being active", async () => {
    const { stripe, coupon } = await shop();
    const customer = await stripe.customers.create();
    const mine = await stripe.promotionCodes.create({
      promotion: promotion(coupon),
      code: "MINE",
      customer: customer.id,
    });
    const off = await stripe.promotionCodes.create({
      promotion: promotion(coupon),
      code: "OFF",
      active: false,
    });
    const ids = async (filter: Stripe.PromotionCodeListParams) =>
      (await stripe.promotionCodes.list(filter)).data.map(({ id }) => id);
    expect(await ids({ code: "mine" })).toEqual([mine.id]);
    expect(await ids({ coupon: coupon.id })).toEqual([off.id, mine.id]);
    expect(await ids({ customer: customer.id })).toEqual([mine.id]);
    expect(await ids({ active: false })).toEqual([off.id]);
  });

  it("are refused while an active one reads the same", async () => {
    const { stripe, coupon } = await shop();
    const first = await stripe.promotionCodes.create({ promotion: promotion(coupon), code: "Hello" });
    const again = () => stripe.promotionCodes.create({ promotion: promotion(coupon), code: "HELLO" });
    const { code, param, message } = await refusal(again());
    expect([code, param, message]).toEqual([
      undefined,
      undefined,
      "An active promotion code with `code: HELLO` already exists.",
    ]);
    await stripe.promotionCodes.update(first.id, { active: false });
    expect((await again()).code).toBe("HELLO");
  });

  it.each<[string, Partial<Stripe.PromotionCodeCreateParams>, RegExp]>([
    [
      "a minimum that is not met",
      { restrictions: { minimum_amount: 5000, minimum_amount_currency: "usd" } },
      /does not meet the minimum amount/,
    ],
    [
      "a minimum in another currency only",
      { restrictions: { minimum_amount: 100, minimum_amount_currency: "eur" } },
      /does not meet the minimum amount/,
    ],
    ["being switched off", { active: false }, /inactive/],
  ])("can't be redeemed for %s", async (_, fields, message) => {
    const { sandbox, stripe, coupon, price } = await shop();
    const customer = await payer(stripe);
    const code = await stripe.promotionCodes.create({ promotion: promotion(coupon), ...fields });
    const before = sandbox.events().length;
    const error = await refusal(
      stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        discounts: [{ promotion_code: code.id }],
      }),
    );
    expect(error).toMatchObject({ statusCode: 400, param: "discounts[0][promotion_code]" });
    expect(error.message).toMatch(message);
    expect(sandbox.events()).toHaveLength(before);
  });

  it("for a first purchase are refused to earlier buyers, and those for one customer to others", async () => {
    const { stripe, coupon, price } = await shop();
    const [customer, other] = [await payer(stripe), await payer(stripe)];
    const first = await stripe.promotionCodes.create({
      promotion: promotion(coupon),
      restrictions: { first_time_transaction: true },
    });
    const own = await stripe.promotionCodes.create({ promotion: promotion(coupon), customer: customer.id });
    const subscribe = (who: Stripe.Customer, code: Stripe.PromotionCode) =>
      stripe.subscriptions.create({
        customer: who.id,
        items: [{ price: price.id }],
        discounts: [{ promotion_code: code.id }],
      });
    expect((await refusal(subscribe(other, own))).message).toContain("another customer");
    await subscribe(customer, first);
    expect((await refusal(subscribe(customer, first))).message).toBe(
      "This promotion code cannot be redeemed because the associated customer has prior transactions.",
    );
    await subscribe(customer, own);
  });

  it("are no longer active once they have been redeemed as often as they may be", async () => {
    const { stripe, coupon, price } = await shop();
    const customer = await payer(stripe);
    const code = await stripe.promotionCodes.create({ promotion: promotion(coupon), max_redemptions: 1 });
    await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      discounts: [{ promotion_code: code.id }],
    });
    expect(await stripe.promotionCodes.retrieve(code.id)).toMatchObject({ active: false, times_redeemed: 1 });
    expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
    expect((await refusal(stripe.promotionCodes.update(code.id, { active: true }))).param).toBe("active");
  });
});
