import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice } from "../../../test/connect.js";
import type { SettingsChoice } from "../world/settings.js";

const day = 86_400;
const start = Date.UTC(2026, 0, 15, 12) / 1000;
const renewal = Date.UTC(2026, 1, 15, 12) / 1000;
const date = (seconds: number): Date => new Date(seconds * 1000);

/** A subscription whose card fails from its first renewal on. */
const failing = async (settings: SettingsChoice = {}) => {
  const { stripe, sandbox } = await connect({ settings, clock: () => date(start) });
  const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: bad.id } });
  return {
    stripe,
    sandbox,
    customer,
    subscription: () => stripe.subscriptions.retrieve(id),
    invoices: async () => (await stripe.invoices.list({ subscription: id })).data,
    failures: () => sandbox.events().filter(({ type }) => type === "invoice.payment_failed"),
  };
};

describe("dunning", () => {
  it("tries again when the settings say so, and each failure says when the next attempt is", async () => {
    const { sandbox, failures } = await failing({
      dunning: { retryAfterDays: [1, 4], finally: "past_due" },
    });
    sandbox.advance(date(renewal + 12 * day));
    const first = renewal + 3600;
    expect(
      failures().map(({ created, data }) => [
        created,
        data.object.next_payment_attempt,
        data.object.attempt_count,
      ]),
    ).toEqual([
      [first, first + day, 1],
      [first + day, first + 5 * day, 2],
      [first + 5 * day, null, 3],
    ]);
  });

  it.each([
    ["cancel", "canceled", "payment_failed"],
    ["unpaid", "unpaid", null],
    ["past_due", "past_due", null],
  ] as const)(
    "after the last attempt and told to %s, leaves the subscription %s",
    async (outcome, status, reason) => {
      const { sandbox, subscription } = await failing({ dunning: { retryAfterDays: [2], finally: outcome } });
      sandbox.advance(date(renewal + day));
      expect((await subscription()).status).toBe("past_due");
      sandbox.advance(date(renewal + 3 * day));
      const after = await subscription();
      expect([after.status, after.cancellation_details?.reason]).toEqual([status, reason]);
      const last = sandbox.events().findLast(({ type }) => type.startsWith("customer.subscription."));
      if (outcome === "unpaid") expect(last?.data.previous_attributes).toEqual({ status: "past_due" });
      if (outcome === "cancel") expect(last?.type).toBe("customer.subscription.deleted");
    },
  );

  it("gives a subscription up at once if there are no further attempts", async () => {
    const { sandbox, subscription, failures } = await failing({ dunning: { retryAfterDays: [] } });
    sandbox.advance(date(renewal + day));
    expect((await subscription()).status).toBe("canceled");
    expect(failures()).toHaveLength(1);
  });

  it("stops when a later attempt succeeds, and the subscription is active again", async () => {
    const { stripe, sandbox, customer, subscription, invoices } = await failing();
    sandbox.advance(date(renewal + day));
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: good.id } });
    sandbox.advance(date(renewal + 4 * day));
    const [invoice] = await invoices();
    expect([invoice?.status, invoice?.next_payment_attempt, invoice?.attempt_count]).toEqual([
      "paid",
      null,
      2,
    ]);
    expect((await subscription()).status).toBe("active");
  });

  it("does not try to collect for a subscription that was cancelled meanwhile", async () => {
    const { stripe, sandbox, subscription, failures } = await failing();
    sandbox.advance(date(renewal + day));
    await stripe.subscriptions.cancel((await subscription()).id);
    sandbox.advance(date(renewal + 20 * day));
    expect(failures()).toHaveLength(1);
  });

  it("keeps renewal drafts for as long as the settings say", async () => {
    const { sandbox, invoices } = await failing({ draftSeconds: 60 });
    sandbox.advance(date(renewal + 59));
    expect((await invoices())[0]?.status).toBe("draft");
    sandbox.advance(date(renewal + 60));
    expect((await invoices())[0]?.status).toBe("open");
  });
});

describe("how a subscription stands", () => {
  /** Two renewals that failed: the later invoice comes first. */
  const twiceFailed = async () => {
    const made = await failing({ dunning: { retryAfterDays: [40], finally: "past_due" } });
    made.sandbox.advance(date(renewal + 29 * day));
    const [latest, earlier] = await made.invoices();
    const good = await made.stripe.paymentMethods.attach("pm_card_visa", { customer: made.customer.id });
    const bad = await made.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: made.customer.id,
    });
    const pay = (invoice: typeof latest, method: string) =>
      made.stripe.invoices.pay(invoice?.id ?? "", { payment_method: method });
    return { ...made, latest, earlier, good: good.id, bad: bad.id, pay };
  };

  it("is not healed by the payment of an earlier invoice", async () => {
    const { subscription, latest, earlier, pay, good } = await twiceFailed();
    expect([latest?.status, earlier?.status, (await subscription()).status]).toEqual([
      "open",
      "open",
      "past_due",
    ]);
    await pay(earlier, good);
    expect((await subscription()).status).toBe("past_due");
    await pay(latest, good);
    expect((await subscription()).status).toBe("active");
  });

  it("is not spoiled by an earlier invoice that fails again", async () => {
    const { subscription, latest, earlier, pay, good, bad } = await twiceFailed();
    await pay(latest, good);
    await expect(pay(earlier, bad)).rejects.toMatchObject({ code: "card_declined" });
    expect((await subscription()).status).toBe("active");
  });

  it("follows the latest invoice that is neither a draft nor void", async () => {
    const { stripe, subscription, latest, earlier, pay, good } = await twiceFailed();
    await stripe.invoices.voidInvoice(latest?.id ?? "");
    await pay(earlier, good);
    expect((await subscription()).status).toBe("active");
  });
});
