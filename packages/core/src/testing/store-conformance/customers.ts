import { describe, expect, it } from "vitest";
import type { CustomerProfile } from "../../language/customer-profile.js";
import type { Subscription } from "../../language/subscription.js";
import type { CustomerLink, StoredCustomer } from "../../ports/store/customers.js";
import type { SubscriptionWrite } from "../../ports/store/subscriptions.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { buildBrokenJob, buildCallback } from "../building/builders.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

const linkFor = (customerId: string): CustomerLink => ({
  customerId,
  provider: "stripe",
  providerCustomerId: unique("cus"),
});

export function describeCustomers(store: () => Store, second: () => Store | undefined): void {
  const other = () => second() ?? store();
  const link = (one: CustomerLink) => store().linkCustomer(one);

  describe("linkCustomer", () => {
    it("is found from either side", async () => {
      const mine = linkFor(unique("org"));
      const stored = { ...mine, current: true, profile: null };
      expect(await link(mine)).toEqual(stored);
      expect(await store().findCustomer(mine.customerId, "stripe")).toEqual(stored);
      expect(await store().findCustomerByProviderId(mine.providerCustomerId, "stripe")).toEqual(stored);
    });

    it("is null where nobody is linked, and at another provider", async () => {
      const mine = linkFor(unique("org"));
      await link(mine);
      expect(await store().findCustomer(unique("org"), "stripe")).toBeNull();
      expect(await store().findCustomer(mine.customerId, "paddle")).toBeNull();
      expect(await store().findCustomerByProviderId(mine.providerCustomerId, "paddle")).toBeNull();
    });

    it("keeps the first link of a customer and says which one that is", async () => {
      const first = linkFor(unique("org"));
      await link(first);
      expect(await link(linkFor(first.customerId))).toMatchObject(first);
      expect(await store().findCustomer(first.customerId, "stripe")).toMatchObject(first);
    });

    it("never gives one provider customer to two customers", async () => {
      const first = linkFor(unique("org"));
      await link(first);
      expect(await link({ ...first, customerId: unique("org") })).toMatchObject(first);
      expect(await store().findCustomerByProviderId(first.providerCustomerId, "stripe")).toMatchObject(first);
    });

    it("lets one win when several link the same customer at once", async () => {
      const customerId = unique("org");
      const links = await Promise.all(
        Array.from({ length: 6 }, (_, n) => (n % 2 ? store() : other()).linkCustomer(linkFor(customerId))),
      );
      expect(new Set(links.map((one) => one.providerCustomerId)).size).toBe(1);
    });

    it("links one customer to each of several providers", async () => {
      const stripe = linkFor(unique("org"));
      const paddle = { ...linkFor(stripe.customerId), provider: "paddle" };
      await link(stripe);
      expect(await link(paddle)).toMatchObject(paddle);
      expect(await store().findCustomer(stripe.customerId, "stripe")).toMatchObject(stripe);
    });
  });

  describe("saveProfile", () => {
    const email = { value: "a@b.co", by: "app", waits: true } as const;
    const write = (mine: CustomerLink, expected: CustomerProfile, profile: CustomerProfile) => ({
      ...{ link: mine, expected, profile },
      callbacks: [buildCallback(unique("callback"), buildSubscription({ customerId: mine.customerId }))],
      jobs: [],
    });

    it("keeps what is known of a customer, if it is still what was read", async () => {
      const mine = linkFor(unique("org"));
      await link(mine);
      expect(await store().readProfile(mine)).toEqual({});
      const name = { value: "B", by: "provider" } as const;
      expect(await store().saveProfile(write(mine, {}, { name, email }))).toBe("saved");
      expect(await store().readProfile(mine)).toEqual({ email, name });
      expect(await store().saveProfile(write(mine, {}, {}))).toBe("overtaken");
      expect(await store().saveProfile(write(mine, { email, name }, { email }))).toBe("saved");
      expect(await store().readProfile(mine)).toEqual({ email });
    });

    it("adds callbacks with what it saves, and none otherwise", async () => {
      const mine = linkFor(unique("org"));
      await link(mine);
      await store().saveProfile(write(mine, {}, { email }));
      await store().saveProfile(write(mine, {}, {}));
      const { callbacks } = await store().listCallbacks({ customerId: mine.customerId, limit: 10 });
      expect(callbacks).toHaveLength(1);
    });

    it("lets one of several win that read the same", async () => {
      const mine = linkFor(unique("org"));
      await link(mine);
      const outcomes = await Promise.all(
        Array.from({ length: 5 }, (_, n) =>
          (n % 2 ? store() : other()).saveProfile(write(mine, {}, { email })),
        ),
      );
      expect(outcomes.filter((one) => one === "saved")).toHaveLength(1);
    });

    it("knows nothing of nobody's customer", async () => {
      const mine = linkFor(unique("org"));
      expect(await store().readProfile(mine)).toEqual({});
      expect(await store().saveProfile(write(mine, {}, { email }))).toBe("overtaken");
    });
  });

  describe("linkCustomer where the last one wins", () => {
    const linkLast = (one: CustomerLink) => store().linkCustomer(one, { wins: "last" });

    it("makes history of the one before it", async () => {
      const first = linkFor(unique("org"));
      const last = linkFor(first.customerId);
      for (const one of [first, last, last]) {
        expect(await linkLast(one)).toMatchObject({ ...one, current: true });
      }
      expect(await store().findCustomer(first.customerId, "stripe")).toMatchObject(last);
      expect(await store().listRetiredCustomers(first.customerId, "stripe")).toEqual([
        first.providerCustomerId,
      ]);
    });

    it("leaves everything as it is where that provider customer is linked already, current or history", async () => {
      const [mine, others] = [linkFor(unique("org")), linkFor(unique("org"))];
      const before = linkFor(mine.customerId);
      for (const one of [before, mine, others]) await linkLast(one);
      expect(await linkLast({ ...others, customerId: mine.customerId })).toMatchObject(others);
      expect(await linkLast(before)).toMatchObject({ ...before, current: false });
      expect(await store().findCustomer(mine.customerId, "stripe")).toMatchObject(mine);
    });
  });

  describe("linkCustomer with subscriptions", () => {
    const writeFor = ({ customerId, provider, providerCustomerId }: CustomerLink): SubscriptionWrite => {
      const ids = { id: unique("sub"), customerId, provider, providerCustomerId };
      const subscription = buildSubscription(ids);
      return { subscription, expectedRevision: null, callbacks: [], jobs: [] };
    };

    it("saves them with the link, except what somebody else has saved meanwhile", async () => {
      const mine = linkFor(unique("org"));
      const [first, late, last] = [writeFor(mine), writeFor(mine), writeFor(mine)];
      const saved = { ...late.subscription, quantity: 7 };
      await putSubscription(store(), saved);
      const callbacks = [buildCallback(unique("told"), last.subscription)];
      expect(
        await store().linkCustomer(mine, { subscriptions: [first, late, { ...last, callbacks }] }),
      ).toMatchObject(mine);
      const stored = await store().listSubscriptions(mine.customerId);
      const byId = (a: Subscription, b: Subscription) => (a.id < b.id ? -1 : 1);
      const expected = [first.subscription, saved, last.subscription];
      expect([...stored].sort(byId)).toEqual(expected.sort(byId));
      const told = await store().listCallbacks({ customerId: mine.customerId, limit: 9 });
      expect(told.callbacks.map(({ id }) => id)).toEqual(callbacks.map(({ id }) => id));
    });

    it("saves none of them where another link is the one that is stored", async () => {
      const first = linkFor(unique("org"));
      await link(first);
      for (const rival of [linkFor(first.customerId), { ...first, customerId: unique("org") }]) {
        const write = writeFor(rival);
        expect(await store().linkCustomer(rival, { subscriptions: [write] })).toMatchObject(first);
        expect(await store().findSubscription(write.subscription.id, "stripe")).toBeNull();
      }
    });

    it("links nobody and saves nothing when a part of it fails", async () => {
      const mine = linkFor(unique("org"));
      const write = writeFor(mine);
      const broken = { ...writeFor(mine), jobs: [buildBrokenJob("it failed on the way")] };
      await expect(store().linkCustomer(mine, { subscriptions: [write, broken] })).rejects.toThrow(
        "it failed on the way",
      );
      expect(await store().findCustomer(mine.customerId, "stripe")).toBeNull();
      expect(await store().listSubscriptions(mine.customerId)).toEqual([]);
      expect(await link(mine)).toMatchObject(mine);
    });
  });

  describe("retireCustomer", () => {
    const retire = (one: CustomerLink) => store().retireCustomer(one);

    it("keeps the link for late events, and makes way for the next one", async () => {
      const old = linkFor(unique("org"));
      await link(old);
      await retire(old);
      expect(await store().findCustomer(old.customerId, "stripe")).toBeNull();
      const history = { ...old, current: false };
      expect(await store().findCustomerByProviderId(old.providerCustomerId, "stripe")).toMatchObject(history);
      const next = linkFor(old.customerId);
      expect(await link(next)).toMatchObject({ ...next, current: true });
      expect(await store().findCustomer(old.customerId, "stripe")).toMatchObject(next);
      expect(await store().findCustomerByProviderId(old.providerCustomerId, "stripe")).toMatchObject(history);
    });

    it("lists what is history, and nothing else", async () => {
      const customerId = unique("org");
      const all = [linkFor(customerId), linkFor(customerId), linkFor(customerId)];
      for (const one of all) {
        await link(one);
        await retire(one);
        await retire(one);
      }
      await link(linkFor(customerId));
      const ids = all.map((one) => one.providerCustomerId).sort();
      expect(await store().listRetiredCustomers(customerId, "stripe")).toEqual(ids);
      expect(await store().listRetiredCustomers(customerId, "paddle")).toEqual([]);
    });

    it("never makes history current again: linking it returns the current one", async () => {
      const old = linkFor(unique("org"));
      await link(old);
      await retire(old);
      expect(await link(old)).toMatchObject({ ...old, current: false });
      const next = linkFor(old.customerId);
      await link(next);
      expect(await link(old)).toMatchObject({ ...next, current: true });
    });
  });

  describe("saveCustomerProfile", () => {
    const save = (one: StoredCustomer, profile: string) => store().saveCustomerProfile(one, profile);
    const profileOf = async ({ customerId, provider }: CustomerLink) =>
      (await store().findCustomer(customerId, provider))?.profile;

    it("is found with the customer", async () => {
      const stored = await link(linkFor(unique("org")));
      await save(stored, "one");
      expect(await profileOf(stored)).toBe("one");
      await save({ ...stored, profile: "one" }, "two");
      expect(await profileOf(stored)).toBe("two");
    });

    it("is unknown when two were pushed at once: nobody knows which one came last", async () => {
      const stored = await link(linkFor(unique("org")));
      await save(stored, "one");
      await save(stored, "two");
      expect(await profileOf(stored)).toBeNull();
    });
  });
}
