import { describe, expect, it } from "vitest";
import type { FoundSubscription, ProviderPage } from "../../ports/provider-truth.js";
import { missing, newCustomer, readOurs, starterOffer, subscribe, timeOf, type World } from "./buyer.js";

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** What reconciling needs from a provider. */
export function describeTruth(world: () => World): void {
  describe("listSubscriptions", () => {
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
      expect(listed?.state).toEqual(await readOurs(world(), ours.id));
    });

    it("has everybody's when no customer is named, and nothing for one that does not exist", async () => {
      const first = await subscribe(world(), starterOffer);
      const second = await subscribe(world(), starterOffer);
      const ids = (await all(world(), null)).map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining([first.id, second.id]));
      expect(new Set(ids).size).toBe(ids.length);
      expect(await all(world(), missing(first.providerCustomerId))).toEqual([]);
    });

    it('reports what is not ours as "foreign"', async ({ skip }) => {
      const { driver } = world();
      if (driver.subscribeToSomethingElse === undefined) return skip("the driver can't subscribe elsewhere");
      const customer = await newCustomer(world());
      await driver.subscribeToSomethingElse(customer);
      expect(await all(world(), customer)).toMatchObject([{ state: "foreign", endedAt: null }]);
    });
  });

  describe("inspectSubscription", () => {
    it("reports the same as readSubscription, with whose it is", async () => {
      const ours = await subscribe(world(), starterOffer);
      const { value } = await world().provider.inspectSubscription(ours.id);
      expect(value).toMatchObject({ id: ours.id, state: ours, endedAt: null, customer: { deleted: false } });
    });

    it("is null for a subscription that does not exist", async () => {
      const { id } = await subscribe(world(), starterOffer);
      expect((await world().provider.inspectSubscription(missing(id))).value).toBeNull();
    });
  });

  describe("listEvents", () => {
    it("has what has happened since then, the latest first, and nothing from before", async ({ skip }) => {
      const { provider } = world();
      if (provider.eventDays === null) return skip("the provider has no list of events");
      const { id } = await subscribe(world(), starterOffer);
      const since = new Date(timeOf(world()).getTime() - 3_600_000);
      const { items, asOf } = await provider.listEvents({ since, after: null });
      expect(asOf).toEqual(isoTime);
      expect(items.some((event) => "subscriptionId" in event && event.subscriptionId === id)).toBe(true);
      const times = items.map(({ occurredAt }) => occurredAt);
      expect(times).toEqual(times.toSorted().toReversed());
      const later = new Date(timeOf(world()).getTime() + 3_600_000);
      expect((await provider.listEvents({ since: later, after: null })).items).toEqual([]);
    });
  });
}

async function all(world: World, providerCustomerId: string | null): Promise<readonly FoundSubscription[]> {
  const found: FoundSubscription[] = [];
  let after: string | null = null;
  do {
    const page: ProviderPage<FoundSubscription> = await world.provider.listSubscriptions({
      providerCustomerId,
      after,
    });
    found.push(...page.items);
    after = page.next;
  } while (after !== null);
  return found;
}
