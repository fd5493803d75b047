import { expect, it } from "vitest";
import type { ProviderRefunds } from "../../ports/provider-refunds.js";
import { refundableOf } from "../../refunds/decide-refund.js";
import { missing, starterOffer, subscribe, timeOf, type World } from "./buyer.js";

type Wish = Partial<Parameters<ProviderRefunds["create"]>[0]>;

export function describeRefunds(world: () => World): void {
  /** What a subscription's first payment was for, as the provider told it. */
  async function buy() {
    const { driver, provider } = world();
    const { id, providerCustomerId, currentPeriod } = await subscribe(world(), starterOffer);
    for (const { body, headers } of await driver.deliveredEvents()) {
      const events = await provider.events.receive({ body, headers, now: timeOf(world()) });
      for (const event of events) {
        const isPaid = event.type === "payment.succeeded" && event.subscriptionId === id;
        if (isPaid && event.invoiceId !== null)
          return { id, providerCustomerId, currentPeriod, invoiceId: event.invoiceId };
      }
    }
    throw new Error("The provider told no payment of it.");
  }

  it("pays back a part and then the rest, and reads what went back, if it says that it can", async ({
    skip,
  }) => {
    const { refunds } = world().provider;
    if (refunds === undefined) return skip("it claims no refunds");
    const { id: subscriptionId, providerCustomerId, currentPeriod, invoiceId } = await buy();
    const create = (own: Wish) =>
      refunds.create({
        ...{ of: { invoiceId }, amount: 300, reason: "duplicate", access: null, key: "mine" },
        idempotencyKey: crypto.randomUUID(),
        ...own,
      });
    const books = { invoiceId, subscriptionId, providerCustomerId, currency: "usd", paid: 900 };
    const before = await refunds.readPayment({ invoiceId });
    expect(before).toMatchObject({ books: { ...books, refunded: 0, disputed: false }, refunds: [] });
    expect(before?.books.period).toEqual(currentPeriod);
    const idempotencyKey = crypto.randomUUID();
    const [first] = await create({ idempotencyKey, access: "end" });
    expect(first).toMatchObject({
      invoiceId,
      amount: 300,
      currency: "usd",
      reason: "duplicate",
      key: "mine",
    });
    expect(await create({ idempotencyKey, access: "end" })).toEqual([first]);
    await expect(create({ amount: 601 })).rejects.toMatchObject({ code: "provider_rejected" });
    const [rest] = await create({ amount: 600, key: "other" });
    const after = await refunds.readPayment({ invoiceId });
    expect(after && refundableOf(after.books)).toBe(0);
    expect(after?.refunds).toHaveLength(2);
    expect(await refunds.read(first?.id ?? "")).toMatchObject({
      access: "end",
      books,
      refund: { id: first?.id },
    });
    expect(await refunds.read(rest?.id ?? "")).toMatchObject({ access: null, refund: { key: "other" } });
    const listed = await refunds.list(providerCustomerId);
    expect(listed.map(({ id }) => id).sort()).toEqual([first?.id, rest?.id].sort());
    expect(await refunds.read(missing(first?.id ?? ""))).toBeNull();
    expect(await refunds.readPayment({ invoiceId: missing(invoiceId) })).toBeNull();
  });
}
