import { expect, it } from "vitest";
import { projectEvent, projectRead } from "../../events/project-event.js";
import type { BillingEvent, SubscriptionEvent } from "../../language/billing-event.js";
import type { Subscription } from "../../language/subscription.js";
import {
  customerOf,
  newCustomer,
  openCheckout,
  starterOffer,
  subscribe,
  timeOf,
  type World,
} from "./buyer.js";

export function describeEvents(world: () => World): void {
  /** Every neutral event delivered so far, oldest first. */
  async function receiveAll(): Promise<readonly BillingEvent[]> {
    const { driver, provider } = world();
    const events: BillingEvent[] = [];
    for (const { body, headers } of await driver.deliveredEvents()) {
      events.push(...(await provider.events.receive({ body, headers, now: timeOf(world()) })));
    }
    return events;
  }
  const eventsOf = async (subscriptionId: string) =>
    (await receiveAll()).filter((event) => isAbout(event, subscriptionId));

  it("reports a paid checkout: the subscription, the payment and the checkout", async () => {
    const { provider } = world();
    const { id, providerCustomerId } = await subscribe(world(), starterOffer);
    const { clock } = provider.events;
    const events = await eventsOf(id);
    const shared = { provider: provider.id, providerCustomerId, subscriptionId: id };
    const fine = expect.stringMatching(provider.events.clock === "second" ? /:\d\d\.000Z$/ : /Z$/);
    expect(events).toContainEqual(
      expect.objectContaining({
        ...shared,
        type: "subscription.created",
        occurredAt: fine,
        ...(clock !== "none" && {
          state: expect.objectContaining({ id, planId: "starter", providerCustomerId }),
        }),
      }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({ ...shared, type: "payment.succeeded", amount: 900, currency: "usd" }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({ ...shared, type: "checkout.completed", productId: null }),
    );
    const ids = (await receiveAll()).map((event) => event.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("tells nothing but what it says that it tells", async () => {
    const { tells } = world().provider.events;
    await subscribe(world(), starterOffer);
    const types = (await receiveAll()).map(({ type }) => type);
    expect(types.filter((type) => !tells.has(type))).toEqual([]);
  });

  it("claims the customer that we opened the checkout for, where the checkout makes the provider's", async ({
    skip,
  }) => {
    if (world().provider.customers.kind !== "made_by_checkout") return skip("its customers are known before");
    const { id } = await subscribe(world(), starterOffer);
    const created = (await eventsOf(id)).find(({ type }) => type === "subscription.created");
    expect(created).toMatchObject({ claimedCustomerId: customerOf(null) });
  });

  it("reports what was bought once, how many and for how much", async ({ skip }) => {
    if (!world().provider.checkout.products) return skip("it claims to sell no products");
    const offer = { kind: "product", productId: "credits", currency: "eur", quantity: 2 } as const;
    const { id } = await openCheckout(world(), offer);
    await world().driver.payCheckout(id);
    const event = (await receiveAll()).find((one) => "checkoutId" in one && one.checkoutId === id);
    const bought = { productId: "credits", quantity: 2, amountTotal: 1800, currency: "eur" };
    expect(event).toMatchObject({ type: "checkout.completed", subscriptionId: null, ...bought });
  });

  it("reports a checkout that expired, if it says so", async ({ skip }) => {
    const { checkout, events } = world().provider;
    if (!events.tells.has("checkout.expired")) return skip("it claims no such event");
    const { id } = await openCheckout(world(), starterOffer);
    await checkout.close?.(id);
    expect(await receiveAll()).toContainEqual(
      expect.objectContaining({ type: "checkout.expired", checkoutId: id }),
    );
  });

  it("reports a scheduled cancellation and the end", async () => {
    const { driver } = world();
    const { id, currentPeriod } = await subscribe(world(), starterOffer);
    await driver.cancelAtPeriodEnd(id);
    await driver.endNow(id);
    const states = (await eventsOf(id)).filter(isState);
    expect(states.at(-1)?.type).toBe("subscription.ended");
    // Without a time, an event only says that there is news.
    if (world().provider.events.clock === "none") return;
    const cancelled = expect.objectContaining({ cancelAt: currentPeriod?.end, status: "active" });
    expect(states).toContainEqual(
      expect.objectContaining({ type: "subscription.updated", state: cancelled }),
    );
    const ended = expect.objectContaining({ status: "ended" });
    expect(states).toContainEqual(expect.objectContaining({ type: "subscription.ended", state: ended }));
  });

  it("marks the events of another product as foreign", async ({ skip }) => {
    const { driver } = world();
    if (driver.subscribeToSomethingElse === undefined) return skip("the driver can't subscribe elsewhere");
    const { subscriptionId } = await driver.subscribeToSomethingElse(await newCustomer(world()));
    const states = (await eventsOf(subscriptionId)).filter(isState).map(({ state }) => state);
    expect(states.length).toBeGreaterThan(0);
    expect(new Set(states)).toEqual(new Set(["foreign"]));
  });

  it.each(["as delivered", "backwards"])("ends at the provider's state, events taken %s", async (order) => {
    const { driver, provider } = world();
    const ours = await subscribe(world(), starterOffer);
    const { id } = ours;
    await driver.cancelAtPeriodEnd(id);
    await driver.undoCancel(id);
    await driver.cancelAtPeriodEnd(id);
    const events = (await eventsOf(id)).filter(isState);
    let current: Subscription | null = null;
    for (const event of order === "backwards" ? events.toReversed() : events) {
      const customerId = "org_1";
      let next = projectEvent({ event, current, revision: null, customerId, clock: provider.events.clock });
      if (next.action === "reread") {
        const { value: state, asOf } = await provider.subscriptions.read(ours);
        if (state === null || state === "foreign") throw new Error(`The subscription is ${state}.`);
        next = projectRead({ state, asOf, current, revision: null, customerId });
      }
      if (next.action === "apply") current = next.subscription;
    }
    const { value } = await provider.subscriptions.read(ours);
    expect(current).toMatchObject({ ...(value as object), customerId: "org_1" });
  });
}

function isAbout(event: BillingEvent, subscriptionId: string): boolean {
  return "subscriptionId" in event && event.subscriptionId === subscriptionId;
}

function isState(event: BillingEvent): event is SubscriptionEvent {
  return "state" in event;
}
