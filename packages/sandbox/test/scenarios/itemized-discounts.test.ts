import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { at, checkBooks, openStage, refused, type Stage } from "./open-stage.js";

// What `proration_discounts: "itemized"` shows instead of `"included"`:
// https://docs.stripe.com/changelog/clover/2025-09-30/itemize-proration-discount-amounts
// An item's fields by the declarations of the SDK (InvoiceItem.net_amount, .proration_details.discount_amounts).

type Discounts = "included" | "itemized";
type Given = { shows?: Discounts; on?: "subscription" | "item" };

const mode = (shows: Discounts) =>
  ({
    type: "flexible",
    flexible: { proration_discounts: shows },
  }) as const satisfies Stripe.SubscriptionCreateParams["billing_mode"];

/** $30 a month with 20% off, of which $60 is made when two thirds of June are left. */
const begin = async ({ shows = "itemized", on = "subscription" }: Given = {}) => {
  const stage = await openStage({ start: "2027-06-01" });
  const { stripe, customer } = stage;
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: "forever" });
  const discounts = [{ coupon: coupon.id }];
  const subscription = await stripe.subscriptions.create({
    customer,
    billing_mode: mode(shows),
    items: [{ price: await stage.price(3000), ...(on === "item" ? { discounts } : {}) }],
    ...(on === "subscription" ? { discounts } : {}),
  });
  await stage.to("2027-06-11");
  return { stage, stripe, id: subscription.id, item: subscription.items.data[0]?.id ?? "" };
};

const upgrade = async (
  { stage, stripe, id, item }: Awaited<ReturnType<typeof begin>>,
  proration_behavior: "always_invoice" | "create_prorations" = "always_invoice",
) =>
  stripe.subscriptions.update(id, {
    items: [{ id: item, price: await stage.price(6000) }],
    proration_behavior,
  });

const newest = async ({ stripe, customer }: Stage): Promise<Stripe.Invoice> => {
  const [invoice] = (await stripe.invoices.list({ customer, limit: 1 })).data;
  if (!invoice) throw new Error("There is no invoice.");
  return invoice;
};

const shown = ({ lines }: Stripe.Invoice) =>
  lines.data.map(({ amount, description, discount_amounts }) => [
    amount,
    description,
    (discount_amounts ?? []).map((one) => one.amount),
  ]);

describe("the discounts of prorations", () => {
  it("are included: amounts after them, a group's discount named with 0", async () => {
    const begun = await begin({ shows: "included" });
    await upgrade(begun);
    const invoice = await newest(begun.stage);
    expect(shown(invoice)).toEqual([
      [-1600, "Unused time on Pro (with 20.0% off) after 11 Jun 2027", [0]],
      [3200, "Remaining time on Pro (with 20.0% off) after 11 Jun 2027", [0]],
    ]);
    expect(invoice).toMatchObject({ subtotal: 1600, total: 1600 });
  });

  it("are included: those of an item are missing", async () => {
    const begun = await begin({ shows: "included", on: "item" });
    await upgrade(begun);
    const invoice = await newest(begun.stage);
    expect(shown(invoice).map(([amount, , taken]) => [amount, taken])).toEqual([
      [-1600, []],
      [3200, []],
    ]);
  });

  it("are itemized: amounts before them, and what each took", async () => {
    const begun = await begin();
    await upgrade(begun);
    const invoice = await newest(begun.stage);
    expect(shown(invoice)).toEqual([
      [-2000, "Unused time on Pro after 11 Jun 2027", [-400]],
      [4000, "Remaining time on Pro after 11 Jun 2027", [800]],
    ]);
    expect(invoice).toMatchObject({ subtotal: 2000, total: 1600, amount_paid: 1600 });
    expect(invoice.total_discount_amounts).toMatchObject([{ amount: 400 }]);
    await checkBooks(begun.stage);
  });

  it("are itemized for an item's own discount, which the subtotal has in it", async () => {
    const begun = await begin({ on: "item" });
    await upgrade(begun);
    const invoice = await newest(begun.stage);
    expect(shown(invoice).map(([amount, , taken]) => [amount, taken])).toEqual([
      [-2000, [-400]],
      [4000, [800]],
    ]);
    expect(invoice).toMatchObject({ subtotal: 1600, total: 1600 });
  });

  it("wait with their item, whose net amount is what remains, and are taken once", async () => {
    const begun = await begin();
    await upgrade(begun, "create_prorations");
    const { data } = await begun.stripe.invoiceItems.list({ customer: begun.stage.customer });
    expect(data.map(({ amount, net_amount, discountable }) => [amount, net_amount, discountable])).toEqual([
      [-2000, -1600, false],
      [4000, 3200, false],
    ]);
    expect(data.map((one) => one.proration_details?.discount_amounts.map(({ amount }) => amount))).toEqual([
      [-400],
      [800],
    ]);
    await begun.stage.to("2027-07-01T02:00:00Z");
    // 6000 less 20%, and what waited.
    expect(await newest(begun.stage)).toMatchObject({ total: 4800 + 1600, amount_paid: 6400 });
    await checkBooks(begun.stage);
  });

  it("are credited as they were debited", async () => {
    const begun = await begin();
    await upgrade(begun);
    await begun.stage.to("2027-06-21");
    await begun.stripe.subscriptions.cancel(begun.id, { prorate: true });
    const { data } = await begun.stripe.invoiceItems.list({ customer: begun.stage.customer, pending: true });
    // Half of the 20 days that the debit was for.
    expect(data).toMatchObject([{ amount: -2000, net_amount: -1600 }]);
  });

  it("are itemized after a migration, from which there is no way back", async () => {
    const begun = await begin({ shows: "included" });
    const { id, stripe } = begun;
    expect(
      (await stripe.subscriptions.migrate(id, { billing_mode: mode("itemized") })).billing_mode.flexible,
    ).toEqual({
      proration_discounts: "itemized",
    });
    await upgrade(begun);
    expect(shown(await newest(begun.stage)).map(([amount, , taken]) => [amount, taken])).toEqual([
      [-2000, [-400]],
      [4000, [800]],
    ]);
    expect(await refused(stripe.subscriptions.migrate(id, { billing_mode: mode("included") }))).toContain(
      "itemized",
    );
    const kept = await stripe.subscriptions.migrate(id, { billing_mode: { type: "flexible" } });
    expect(kept.billing_mode.flexible).toEqual({ proration_discounts: "itemized" });
  });

  it("are chosen by a schedule, a quote and a checkout session for what they start", async () => {
    const stage = await openStage({ time: "sandbox" });
    const { stripe, customer, sandbox } = stage;
    const price = await stage.price(1000);
    const billing_mode = mode("itemized");
    const schedule = await stripe.subscriptionSchedules.create({
      customer,
      billing_mode,
      start_date: "now",
      phases: [{ items: [{ price }], duration: { interval: "month" } }],
    });
    const quote = await stripe.quotes.create({
      customer,
      line_items: [{ price }],
      subscription_data: { billing_mode },
    });
    await stripe.quotes.finalizeQuote(quote.id);
    const accepted = await stripe.quotes.accept(quote.id);
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      customer,
      line_items: [{ price, quantity: 1 }],
      subscription_data: { billing_mode },
      success_url: "https://app.test/done",
    });
    await sandbox.pay(session.id, { card: "pm_card_visa" });
    const paid = await stripe.checkout.sessions.retrieve(session.id);
    for (const id of [schedule.subscription, accepted.subscription, paid.subscription])
      expect((await stripe.subscriptions.retrieve(id as string)).billing_mode).toMatchObject(billing_mode);
    const preview = await stripe.invoices.createPreview({
      customer,
      subscription_details: { billing_mode, items: [{ price }], start_date: at("2027-01-01") },
    });
    expect(preview.total).toBe(1000);
  });
});
