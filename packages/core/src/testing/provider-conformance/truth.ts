import { describe, expect, it } from "vitest";
import type { FoundSubscription, ProviderPage } from "../../ports/provider-subscriptions.js";
import { missing, newCustomer, readOurs, starterOffer, subscribe, timeOf, type World } from "./buyer.js";

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** What reconciling needs from a provider. */
export function describeTruth(world: () => World): void {
  describe("listOf and listAll", () => {
    it("has all of a customer's, ended ones included, each just as when it is read individually", async () => {
      const ours = await subscribe(world(), starterOffer);
      await world().driver.endNow(ours.id);
      const [listed, ...others] = await all(world(), ours.providerCustomerId);
      expect(others).toEqual([]);
      expect(listed).toMatchObject({
        id: ours.id,
        customer: { providerCustomerId: ours.providerCustomerId, customerId: expect.any(String) },
        createdAt: isoTime,
        endedAt: isoTime,
        priceIds: [expect.any(String)],
      });
      expect(listed?.state).toEqual(await readOurs(world(), ours));
    });

    it("has nothing for a customer that does not exist", async () => {
      const { providerCustomerId } = await subscribe(world(), starterOffer);
      expect(await all(world(), missing(providerCustomerId))).toEqual([]);
    });

    it("has everybody's, if it says that it can", async ({ skip }) => {
      if (world().provider.subscriptions.listAll === undefined) return skip("it claims no such list");
      const first = await subscribe(world(), starterOffer);
      const second = await subscribe(world(), starterOffer);
      const ids = (await all(world(), null)).map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining([first.id, second.id]));
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('reports what is not ours as "foreign"', async ({ skip }) => {
      const { driver } = world();
      if (driver.subscribeToSomethingElse === undefined) return skip("the driver can't subscribe elsewhere");
      const customer = await newCustomer(world());
      const { subscriptionId } = await driver.subscribeToSomethingElse(customer);
      const found = (await all(world(), customer)).find(({ id }) => id === subscriptionId);
      expect(found).toMatchObject({ state: "foreign", endedAt: null });
    });
  });

  describe("inspect", () => {
    it("reports the same as read, with whose it is", async () => {
      const ours = await subscribe(world(), starterOffer);
      const { value } = await world().provider.subscriptions.inspect({
        id: ours.id,
        providerCustomerId: null,
      });
      expect(value).toMatchObject({ id: ours.id, state: ours, endedAt: null, customer: { deleted: false } });
    });

    it("is null for a subscription that does not exist", async () => {
      const { id } = await subscribe(world(), starterOffer);
      expect(
        (await world().provider.subscriptions.inspect({ id: missing(id), providerCustomerId: null })).value,
      ).toBeNull();
    });
  });

  describe("the history of events", () => {
    it("has what has happened since then, the latest first, and nothing from before", async ({ skip }) => {
      const { history } = world().provider.events;
      if (history === null) return skip("it claims no list of events");
      const { id } = await subscribe(world(), starterOffer);
      const since = new Date(timeOf(world()).getTime() - 3_600_000);
      const { items, asOf } = await history.list({ since, after: null });
      expect(asOf).toEqual(isoTime);
      expect(items.some((event) => "subscriptionId" in event && event.subscriptionId === id)).toBe(true);
      const times = items.map(({ occurredAt }) => occurredAt);
      expect(times).toEqual(times.toSorted().toReversed());
      const later = new Date(timeOf(world()).getTime() + 3_600_000);
      expect((await history.list({ since: later, after: null })).items).toEqual([]);
    });
  });
}

async function all(world: World, providerCustomerId: string | null): Promise<readonly FoundSubscription[]> {
  const found: FoundSubscription[] = [];
  let after: string | null = null;
  do {
    const { listOf, listAll } = world.provider.subscriptions;
    const page: ProviderPage<FoundSubscription> | undefined =
      providerCustomerId === null ? await listAll?.({ after }) : await listOf({ providerCustomerId, after });
    if (page === undefined) throw new Error("It claims no list of everybody's.");
    found.push(...page.items);
    after = page.next;
  } while (after !== null);
  return found;
}
