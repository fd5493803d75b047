import { addDays, type Store } from "@tollgate/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memory } from "../../src/stores/memory/memory.js";
import { describeEachStore } from "../each-store.js";
import { expectSameAsProvider } from "../reconcile/same-as-provider.js";
import { type Customer, type DunningStory, day, openStory } from "./dunning-story.js";

const failing = "pm_card_chargeCustomerFail";

function tellStories(createStore: () => Store): void {
  describe("a renewal that fails", () => {
    let story: DunningStory;
    beforeAll(async () => {
      story = await openStory(createStore(), { dunning: { retryAfterDays: [3, 5, 7], finally: "cancel" } });
    });
    afterAll(() => story.close());

    /** A month that is paid, and another one that is not. */
    async function fail(): Promise<Customer> {
      const customer = await story.begin();
      await customer.replaceCard(failing);
      await customer.renew();
      return customer;
    }

    test("is told at once, retried, told again, and recovers: all of it once", async () => {
      const customer = await fail();
      const { dunning, pastDueSince, id } = await customer.stored();
      const since = pastDueSince ?? "";
      expect(dunning).toMatchObject({ since, amount: 900, currency: "usd", attempts: 1, noticed: 0 });
      const [invoice] = await customer.openInvoices();
      const planned = await customer.nextAttempt();
      expect(Date.parse(planned ?? "")).toBeCloseTo(Date.parse(addDays(since, 3)), -5);
      expect(customer.told("dunning.notice")).toEqual([
        {
          type: "dunning.notice",
          data: {
            ...{ customerId: customer.user, planId: "starter", provider: "stripe", subscriptionId: id },
            ...{ invoiceId: invoice, amount: 900, currency: "usd", attempts: 1, since, noticed: 0 },
            ...{ final: false, nextAttemptAt: planned, graceEndsAt: addDays(since, 7) },
            updateUrl: "https://app.example.com/api/billing/portal/card",
          },
        },
      ]);
      const trouble = {
        since,
        attempts: 1,
        nextAttemptAt: addDays(since, 3),
        due: { amount: 900, currency: "usd" },
      };
      expect(await customer.access()).toMatchObject({
        ...{ planId: "starter", attention: "payment_failed", graceEndsAt: addDays(since, 7) },
        paymentTrouble: trouble,
      });
      await expectSameAsProvider(story.world, story.store, id);

      await customer.pass(3 * day);
      expect(customer.noticed()).toEqual([0, 3]);
      expect(customer.told("dunning.notice").at(-1)?.data).toMatchObject({ attempts: 2 });
      expect((await customer.access()).paymentTrouble).toMatchObject({
        attempts: 2,
        nextAttemptAt: addDays(since, 8),
      });

      await customer.replaceCard("pm_card_visa");
      await customer.pass(2 * day);
      expect(customer.noticed(), "another card waits for the next attempt").toEqual([0, 3]);
      await customer.pass(3 * day);
      expect(await customer.openInvoices()).toEqual([]);
      expect(await customer.stored()).toMatchObject({ status: "active", dunning: null });
      expect(await customer.access()).toMatchObject({
        ...{ planId: "starter", attention: null, graceEndsAt: null, paymentTrouble: null },
      });
      expect(customer.told("payment.recovered", "dunning.ended", "subscription.recovered")).toMatchObject([
        { type: "subscription.recovered" },
        {
          type: "payment.recovered",
          data: { invoiceId: invoice, amount: 900, since, noticed: 3, attempts: 2 },
        },
      ]);
      await customer.pass(10 * day);
      expect(customer.noticed()).toEqual([0, 3]);
      await expectSameAsProvider(story.world, story.store, id);
    });

    test("is told to the end where nobody pays, and once more that it has ended", async () => {
      const customer = await fail();
      for (let passed = 0; passed < 16; passed += 1) await customer.pass(day);
      expect(customer.noticed()).toEqual([0, 3, 5, 7]);
      const notices = customer.told("dunning.notice").map(({ data }) => data);
      expect(notices.map((data) => "final" in data && data.final)).toEqual([false, false, false, true]);
      expect(await customer.stored()).toMatchObject({ status: "ended", dunning: null });
      expect(customer.told("dunning.ended", "payment.recovered")).toMatchObject([
        { type: "dunning.ended", data: { outcome: "ended", amount: 900, noticed: 7 } },
      ]);
      expect(customer.told("payment.failed")).toHaveLength(4);
      expect(await customer.access()).toMatchObject({
        planId: "free",
        attention: null,
        paymentTrouble: null,
      });
      // The invoice stays open at the provider, and holds up nobody who buys again.
      expect(await customer.openInvoices()).toHaveLength(1);
      const body = { planId: "starter", interval: "month" };
      const again = await story.world.call("POST", "/checkout", { as: customer.user, body });
      expect(again.status).toBe(200);
    });

    test("is told once for all that an instance slept through", async () => {
      const customer = await fail();
      await customer.sleep(6 * day);
      await customer.work();
      await customer.work();
      expect(customer.noticed()).toEqual([0, 5]);
    });

    test("is not told of once it is paid, though no webhook said so", async () => {
      const customer = await fail();
      await customer.replaceCard("pm_card_visa");
      await customer.payOpen();
      story.world.tick(3 * day + 60);
      await customer.work();
      expect(customer.noticed()).toEqual([0]);
      expect(customer.told("payment.recovered")).toHaveLength(1);
      await customer.pass(60);
      expect(customer.told("payment.recovered")).toHaveLength(1);
    });

    test("is not told of after a cancellation, and what ends then was cancelled", async () => {
      const customer = await fail();
      const { id } = await customer.stored();
      await story.world.dashboard.subscriptions.update(id, { cancel_at_period_end: true });
      await customer.pass(3 * day);
      expect(customer.noticed()).toEqual([0]);
      await story.world.dashboard.subscriptions.cancel(id);
      await customer.pass(60);
      expect(customer.told("dunning.ended")).toMatchObject([{ data: { outcome: "cancelled" } }]);
    });

    test("says to members that a payment failed, not how much", async () => {
      const customer = await fail();
      const { attention, paymentTrouble, offers } = await customer.access("member");
      expect(attention).toBe("payment_failed");
      expect(paymentTrouble).toMatchObject({ attempts: 1, due: null });
      expect(JSON.stringify(offers)).not.toContain("checkout");
    });

    test("gives whoever is no manager any more neither the amount, the card nor a way to pay", async () => {
      const customer = await fail();
      expect((await customer.access()).paymentTrouble.due).toEqual({ amount: 900, currency: "usd" });
      const { canManage, paymentTrouble, subscription } = await customer.access("member");
      expect([canManage, paymentTrouble.due, subscription.status]).toEqual([false, null, "past_due"]);
      const [invoice] = await customer.openInvoices();
      const as = { as: customer.user, role: "member" } as const;
      const answers = [
        await story.world.call("POST", `/invoices/${invoice}/pay`, { ...as, body: {} }),
        await story.world.call("POST", "/portal", { ...as, body: {} }),
        await story.world.call("GET", "/payment-methods", as),
        await story.world.call("GET", "/invoices", as),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    });
  });

  test("a renewal that the provider leaves unpaid is told to the end, and is paid late", async () => {
    const settings = { dunning: { retryAfterDays: [1], finally: "unpaid" as const } };
    const story = await openStory(createStore(), settings, { dunning: { noticeDays: [1, 4] } });
    const customer = await story.begin();
    await customer.replaceCard(failing);
    await customer.renew();
    expect(customer.noticed()).toEqual([]);
    await customer.pass(2 * day);
    expect(await customer.stored()).toMatchObject({ status: "unpaid" });
    expect(customer.told("dunning.ended")).toMatchObject([{ data: { outcome: "unpaid" } }]);
    expect(await customer.access()).toMatchObject({ planId: "free", attention: "payment_failed" });
    await customer.pass(5 * day);
    expect(customer.noticed()).toEqual([]);
    await customer.replaceCard("pm_card_visa");
    await customer.payOpen();
    await customer.pass(60);
    expect(customer.told("payment.recovered")).toHaveLength(1);
    expect(await customer.access()).toMatchObject({
      planId: "starter",
      attention: null,
      paymentTrouble: null,
    });
    await story.close();
  });

  test("begins anew with the invoice of the next month, and is told of one at a time", async () => {
    const settings = { dunning: { retryAfterDays: [3], finally: "past_due" as const } };
    const story = await openStory(createStore(), settings);
    const customer = await story.begin();
    await customer.replaceCard(failing);
    await customer.renew();
    const first = (await customer.stored()).dunning;
    await customer.renew();
    const second = (await customer.stored()).dunning;
    expect(second?.invoiceId).not.toBe(first?.invoiceId);
    expect(await customer.openInvoices()).toHaveLength(2);
    expect(customer.noticed()).toEqual([0, 0]);
    await customer.pass(3 * day);
    expect(customer.noticed()).toEqual([0, 0, 3]);
    const invoices = customer.told("dunning.notice").map(({ data }) => "invoiceId" in data && data.invoiceId);
    expect(invoices).toEqual([first?.invoiceId, second?.invoiceId, second?.invoiceId]);
    await story.close();
  });

  test("nobody is told where the app wants it so", async () => {
    const story = await openStory(createStore(), {}, { dunning: false });
    const customer = await story.begin();
    await customer.replaceCard(failing);
    await customer.renew();
    await customer.pass(8 * day);
    expect(customer.noticed()).toEqual([]);
    expect(await customer.access()).toMatchObject({ paymentTrouble: { attempts: 3 } });
    await story.close();
  });
}

describeEachStore("dunning", (createStore) => tellStories(() => createStore()));
describe("dunning, in memory", () => tellStories(() => memory()));
