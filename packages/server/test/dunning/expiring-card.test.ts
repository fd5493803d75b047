import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memory } from "../../src/stores/memory/memory.js";
import { describeEachStore } from "../each-store.js";
import { type Customer, type DunningStory, day, openStory } from "./dunning-story.js";

function tellStories(createStore: () => Store): void {
  let story: DunningStory;
  beforeAll(async () => {
    story = await openStory(createStore());
  });
  afterAll(() => story.close());

  /** A card that pays from now on, good until the end of this month of the sandbox's calendar, or of one after it. */
  async function beginWith(monthsAhead: number): Promise<Customer> {
    const customer = await story.begin();
    const { providerCustomerId: payer } = await customer.stored();
    await setMonth(payer, monthsAhead);
    return customer;
  }
  async function setMonth(customer: string, monthsAhead: number) {
    const { data } = await story.world.dashboard.paymentMethods.list({ customer });
    const now = story.world.sandbox.now();
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + monthsAhead, 1));
    const card = { exp_month: month.getUTCMonth() + 1, exp_year: month.getUTCFullYear() };
    for (const { id } of data) await story.world.dashboard.paymentMethods.update(id, { card });
  }
  const told = (customer: Customer) => customer.told("payment_method.expiring");

  test("is told of some days before the renewal, once, with what a mail needs", async () => {
    const customer = await beginWith(1);
    const { currentPeriod, id, planId } = await customer.stored();
    expect(told(customer)).toEqual([]);
    await customer.pass(25 * day);
    const [notice, ...others] = told(customer);
    expect(others).toEqual([]);
    expect(notice?.data).toMatchObject({
      ...{ customerId: customer.user, planId, subscriptionId: id, brand: "visa", last4: "4242" },
      ...{ expiresAt: expect.stringMatching(/-01T00:00:00\.000Z$/), renewsAt: currentPeriod?.end },
      updateUrl: "https://app.example.com/api/billing/portal/card",
    });
    for (let months = 0; months < 2; months += 1) await customer.pass(30 * day);
    expect(told(customer)).toHaveLength(1);
    expect((await customer.stored()).expiringTold).toContain("pm_");
  });

  test("is told of, too, where it is of the kind before payment methods", async () => {
    const customer = await story.begin();
    const { providerCustomerId: payer, id } = await customer.stored();
    const { dashboard } = story.world;
    const source = await dashboard.customers.createSource(payer, { source: "tok_mastercard" });
    await dashboard.customers.update(payer, {
      default_source: source.id,
      invoice_settings: { default_payment_method: "" },
    });
    await dashboard.subscriptions.update(id, { default_payment_method: "" });
    const now = story.world.sandbox.now();
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
    const good = { exp_month: String(month.getUTCMonth() + 1), exp_year: String(month.getUTCFullYear()) };
    await dashboard.customers.updateSource(payer, source.id, good);
    await customer.pass(25 * day);
    const whose = { subscriptionId: id, paymentMethodId: source.id, brand: "mastercard" };
    expect(told(customer)).toMatchObject([{ data: whose }]);
  });

  test("is not told of while it is good for longer, nor once the bank has renewed it", async () => {
    const good = await beginWith(12);
    await good.pass(25 * day);
    expect(told(good)).toEqual([]);
    const renewed = await beginWith(1);
    await setMonth((await renewed.stored()).providerCustomerId, 36);
    await renewed.pass(25 * day);
    expect(told(renewed)).toEqual([]);
  });

  test("is told of once, though its event comes twice and the job, too", async () => {
    const customer = await beginWith(1);
    await customer.sleep(25 * day);
    const { id, provider } = await customer.stored();
    for (const event of story.world.sandbox.events()) {
      if (event.type !== "invoice.upcoming" || !JSON.stringify(event).includes(id)) continue;
      for (const twin of ["", "_twin"]) await story.world.deliver({ ...event, id: `${event.id}${twin}` });
    }
    const again = { type: "check_card", provider, subscriptionId: id } as const;
    await story.store.enqueueJobs([again, again]);
    await Promise.all([story.world.billing.runJobs(), story.world.instance().runJobs()]);
    await customer.work();
    expect(told(customer)).toHaveLength(1);
  });
}

describeEachStore("an expiring card", (createStore) => tellStories(() => createStore()));
describe("an expiring card, in memory", () => tellStories(() => memory()));
