import { afterEach, describe, expect, it } from "vitest";
import { at, checkBooks, openStage, refused, type Stage } from "./open-stage.js";

let stage: Stage;
afterEach(() => checkBooks(stage));

/** A subscription whose renewal of February has just failed. */
const fallenBehind = async (
  given: Parameters<typeof openStage>[0] = {},
  card = "pm_card_chargeCustomerFail",
) => {
  stage = await openStage(given);
  const { stripe, customer, price, to, told } = stage;
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await price(2900) }] });
  await stage.card(card);
  await to("2027-02-01T00:30:00Z");
  told();
  await to("2027-02-01T01:00:00Z");
  const newest = async () => {
    const [invoice] = (await stripe.invoices.list({ subscription: id, limit: 1 })).data;
    if (!invoice) throw new Error("There is no invoice.");
    return { ...invoice, id: invoice.id as string };
  };
  return {
    ...stage,
    id,
    newest,
    status: async () => (await stripe.subscriptions.retrieve(id)).status,
  };
};

describe("a renewal that fails", () => {
  it("is tried again on the schedule, which manual attempts don't change", async () => {
    const { stripe, newest, status, to, told } = await fallenBehind();
    expect(told()).toEqual([
      "invoice.finalized",
      "payment_intent.created",
      "charge.failed",
      "payment_intent.payment_failed",
      "invoice.updated",
      "invoice.payment_failed",
      "customer.subscription.updated",
    ]);
    const { id } = await newest();
    expect(await refused(stripe.invoices.pay(id))).toBe("card_declined");
    expect(await newest()).toMatchObject({
      attempt_count: 1,
      next_payment_attempt: at("2027-02-04T01:00:00Z"),
    });
    await to("2027-02-04T01:00:00Z");
    expect(await newest()).toMatchObject({
      attempt_count: 2,
      next_payment_attempt: at("2027-02-09T01:00:00Z"),
    });
    await stage.card("pm_card_visa");
    await stripe.invoices.pay(id);
    expect(await newest()).toMatchObject({ attempt_count: 2, status: "paid", next_payment_attempt: null });
    expect(await status()).toBe("active");
  });

  it("recovers by itself with a new card at the next attempt", async () => {
    const { newest, status, to, last } = await fallenBehind();
    await stage.card("pm_card_visa");
    await to("2027-02-04T01:00:00Z");
    expect(await newest()).toMatchObject({ attempt_count: 2, amount_paid: 2900, status: "paid" });
    expect(await status()).toBe("active");
    expect(last("customer.subscription.updated").data.previous_attributes).toEqual({ status: "past_due" });
  });

  it.each([
    ["cancel", "canceled", "customer.subscription.deleted"],
    ["unpaid", "unpaid", "customer.subscription.updated"],
  ] as const)("ends after the last attempt: %s makes it %s", async (finally_, wanted, type) => {
    const { newest, status, to, last } = await fallenBehind({ settings: { dunning: { finally: finally_ } } });
    await to("2027-02-16T01:00:00Z");
    expect(await newest()).toMatchObject({ attempt_count: 4, next_payment_attempt: null, status: "open" });
    expect(await status()).toBe(wanted);
    expect(last(type).created).toBe(at("2027-02-16T01:00:00Z"));
  });

  it("leaves later invoices as drafts once it is unpaid, and heals when the latest is paid", async () => {
    const { stripe, newest, status, to, card } = await fallenBehind({
      settings: { dunning: { finally: "unpaid" } },
    });
    const failed = await newest();
    await to("2027-03-03");
    const draft = await newest();
    expect(draft).toMatchObject({ auto_advance: false, status: "draft" });
    await card("pm_card_visa");
    await stripe.invoices.pay(failed.id);
    expect(await status(), "the latest finalized invoice is paid").toBe("active");
  });

  it("waits for the customer if the bank asks for 3-D Secure, and is not tried again", async () => {
    const { stripe, newest, status, to, told } = await fallenBehind({}, "pm_card_threeDSecure2Required");
    expect(told()).toEqual([
      "invoice.finalized",
      "payment_intent.created",
      "payment_intent.requires_action",
      "invoice.updated",
      "invoice.payment_action_required",
      "customer.subscription.updated",
    ]);
    expect(await newest()).toMatchObject({ attempt_count: 1, next_payment_attempt: null, status: "open" });
    await to("2027-02-25");
    expect(told().filter((type) => type !== "invoice.upcoming")).toEqual([]);
    expect(await status()).toBe("past_due");
    const { id } = await newest();
    expect(await refused(stripe.invoices.pay(id))).toBe("invoice_payment_intent_requires_action");
    await stage.card("pm_card_visa");
    await stripe.invoices.pay(id);
    expect(await status()).toBe("active");
  });

  it.each(["void", "uncollectible"] as const)("heals when the invoice becomes %s", async (becomes) => {
    const { stripe, newest, status, told, to } = await fallenBehind();
    told();
    const { id } = await newest();
    if (becomes === "void") await stripe.invoices.voidInvoice(id);
    else await stripe.invoices.markUncollectible(id);
    expect(told().at(-1)).toBe("customer.subscription.updated");
    expect(await status()).toBe("active");
    await to("2027-02-20");
    expect((await newest()).attempt_count).toBe(1);
    expect((await newest()).status_details).toEqual(
      becomes === "void" ? undefined : { uncollectible: { reason: "user_forgiven" } },
    );
  });

  it("stays behind while an older invoice is paid, or voided, and the latest one is not", async () => {
    const { stripe, id, newest, status, to, card } = await fallenBehind({
      settings: { dunning: { finally: "past_due" } },
    });
    await to("2027-03-01T02:00:00Z");
    const invoices = (await stripe.invoices.list({ subscription: id })).data;
    await card("pm_card_visa");
    await stripe.invoices.voidInvoice(invoices[1]?.id as string);
    expect(await status()).toBe("past_due");
    await stripe.invoices.pay((await newest()).id);
    expect(await status()).toBe("active");
  });

  it("does not pull down a subscription whose latest invoice is paid when an older one fails again", async () => {
    const { stripe, id, newest, status, to, card } = await fallenBehind({
      settings: { dunning: { finally: "past_due" } },
    });
    const older = await newest();
    await to("2027-03-01T02:00:00Z");
    await card("pm_card_visa");
    await stripe.invoices.pay((await newest()).id);
    const bad = await card("pm_card_chargeCustomerFail");
    expect(await refused(stripe.invoices.pay(older.id, { payment_method: bad }))).toBe("card_declined");
    expect(await status()).toBe("active");
    expect(id).toMatch(/^sub_/);
  });
});

describe("an upgrade whose payment fails", () => {
  const upgrade = async (card: string) => {
    stage = await openStage();
    const { stripe, customer, price, to, told } = stage;
    const { id, items } = await stripe.subscriptions.create({
      customer,
      items: [{ price: await price(1000) }],
    });
    await stage.card(card);
    await to("2027-01-16");
    told();
    const fields = { items: [{ id: items.data[0]?.id as string, price: await price(4000) }] };
    const change = (payment_behavior: "allow_incomplete" | "error_if_incomplete" | "pending_if_incomplete") =>
      stripe.subscriptions.update(id, { ...fields, payment_behavior, proration_behavior: "always_invoice" });
    return { ...stage, id, change };
  };

  it("is tried again like a renewal, and canceled in the end", async () => {
    const { stripe, id, change, to } = await upgrade("pm_card_chargeCustomerFail");
    const { status, latest_invoice } = await change("allow_incomplete");
    expect(status).toBe("past_due");
    expect(await stripe.invoices.retrieve(latest_invoice as string)).toMatchObject({
      amount_due: 2065 - 516,
      attempt_count: 1,
      billing_reason: "subscription_update",
      next_payment_attempt: at("2027-01-19"),
    });
    await to("2027-01-31");
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
  });

  it.each([
    ["pm_card_chargeCustomerFail", "card_declined"],
    ["pm_card_threeDSecure2Required", "subscription_payment_intent_requires_action"],
  ])("changes nothing if an error was asked for: %s", async (card, code) => {
    const { sandbox, change, told } = await upgrade(card);
    const before = JSON.stringify(sandbox.events());
    expect(await refused(change("error_if_incomplete"))).toBe(code);
    expect(told()).toEqual([]);
    expect(JSON.stringify(sandbox.events())).toBe(before);
  });

  it("is pending for 23 hours, and made as soon as its invoice is paid", async () => {
    const { stripe, id, change, told, card } = await upgrade("pm_card_chargeCustomerFail");
    const { status, latest_invoice, pending_update, items } = await change("pending_if_incomplete");
    expect(status).toBe("active");
    expect(items.data[0]?.price.unit_amount).toBe(1000);
    expect(pending_update?.expires_at).toBe(at("2027-01-16T23:00:00Z"));
    await card("pm_card_visa");
    told();
    await stripe.invoices.pay(latest_invoice as string);
    expect(told().slice(-2)).toEqual([
      "customer.subscription.updated",
      "customer.subscription.pending_update_applied",
    ]);
    const made = await stripe.subscriptions.retrieve(id);
    expect(made).toMatchObject({ pending_update: null, status: "active" });
    expect(made.items.data[0]?.price.unit_amount).toBe(4000);
  });
});
