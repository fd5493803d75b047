import { describe, expect, it } from "vitest";
import type { Callback } from "../../language/callback.js";
import type { DeletionReport } from "../../language/deletion.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { buildCallback, buildCheckout, buildConsent, buildPurchase } from "../building/builders.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

const at = "2026-03-01T00:00:00.000Z";

export function describeDeletions(store: () => Store, second: () => Store | undefined): void {
  const other = () => second() ?? store();
  const wish = (customerId: string) => ({
    ...{ customerId, digest: `digest of ${customerId}`, startedAt: at, settlement: "nothing" as const },
    reference: unique("tollgate:deleted:"),
  });
  const finish = (customerId: string, reference: string) =>
    store().finishDeletion({
      deletion: { ...wish(customerId), reference, customerId, report: null },
      report: { reference, startedAt: at, finishedAt: at, ended: [], checkouts: 0, providers: [] },
      callback: (report) => toldOf(customerId, report),
    });

  /** Somebody with something in every room. */
  async function settle(status: "active" | "ended") {
    const customerId = unique("org");
    const link = { customerId, provider: "stripe", providerCustomerId: unique("cus") };
    await store().linkCustomer(link);
    const profile = { email: { value: "ada@b.co", by: "app" } } as const;
    await store().saveProfile({ link, expected: {}, profile, callbacks: [], jobs: [] });
    const cancellation = { reason: "other", feedback: "I am Ada" } as const;
    const subscription = buildSubscription({ id: unique("sub"), customerId, status, cancellation });
    await putSubscription(store(), subscription);
    const checkout = buildCheckout({ id: unique("cs"), customerId });
    await store().openCheckout(checkout, { after: null });
    const purchase = buildPurchase({ checkoutId: checkout.id, customerId });
    await store().settleCheckout({
      id: checkout.id,
      provider: "stripe",
      customerId,
      status: "complete",
      purchase,
      consent: buildConsent({
        ...{ checkoutId: checkout.id, customerId, subscriptionId: subscription.id },
        promotions: "opt_in",
      }),
    });
    const period = { startsAt: at, endsAt: null };
    const use = { ...{ customerId, feature: "messages", period, quantity: 3 }, limit: null, recordedAt: at };
    await store().countUsage({ ...use, idempotencyKey: "once" });
    const callbacks = [buildCallback(unique("callback"), subscription)];
    await store().saveProfile({ link, expected: profile, profile, callbacks, jobs: [] });
    return { customerId, link, subscription, checkout };
  }

  describe("beginDeletion", () => {
    it("begins once, however many ask at once, and is found again", async () => {
      const customerId = unique("org");
      const begun = await Promise.all(
        Array.from({ length: 5 }, (_, n) => (n % 2 ? store() : other()).beginDeletion(wish(customerId))),
      );
      expect(new Set(begun.map(({ reference }) => reference)).size).toBe(1);
      expect(begun[0]).toMatchObject({ customerId, settlement: "nothing", startedAt: at, report: null });
      expect(await store().findDeletion(`digest of ${customerId}`)).toEqual(begun[0]);
      expect(await store().isBeingDeleted(customerId)).toBe(true);
      const unfinished = await store().listUnfinishedDeletions({
        startedBefore: "2026-03-02T00:00:00.000Z",
        limit: 1000,
      });
      expect(unfinished).toContainEqual(begun[0]);
      const none = await store().listUnfinishedDeletions({ startedBefore: at, limit: 1000 });
      expect(none).not.toContainEqual(begun[0]);
    });

    it("lets no checkout open from then on", async () => {
      const customerId = unique("org");
      await store().beginDeletion(wish(customerId));
      const checkout = buildCheckout({ id: unique("cs"), customerId });
      expect(await store().openCheckout(checkout, { after: null })).toBeNull();
      expect(await store().listOpenCheckouts(customerId)).toEqual([]);
    });
  });

  describe("finishDeletion", () => {
    it("writes nothing while something runs", async () => {
      const { customerId, link } = await settle("active");
      const { reference } = await store().beginDeletion(wish(customerId));
      expect(await finish(customerId, reference)).toBe("running");
      expect(await store().findCustomer(customerId, "stripe")).toMatchObject(link);
      expect(await store().isBeingDeleted(customerId)).toBe(true);
    });

    it("keeps what must be kept under the reference, and nothing else", async () => {
      const { customerId, link, subscription, checkout } = await settle("ended");
      const { reference } = await store().beginDeletion(wish(customerId));
      const report = await finish(customerId, reference);
      expect(report).toMatchObject({ reference, kept: { subscriptions: 1, purchases: 1 } });
      expect(await store().findDeletion(`digest of ${customerId}`)).toMatchObject({
        customerId: null,
        report,
      });
      expect(await store().isBeingDeleted(customerId)).toBe(false);

      expect(await store().listAccounts(customerId)).toEqual([]);
      const kept = { ...link, customerId: reference, current: false, profile: null };
      expect(await store().listAccounts(reference)).toEqual([kept]);
      expect(await store().readProfile(link)).toEqual({});
      expect(await store().listSubscriptions(customerId)).toEqual([]);
      expect(await store().listSubscriptions(reference)).toMatchObject([
        { id: subscription.id, customerId: reference, cancellation: { reason: "other", feedback: null } },
      ]);
      expect(await store().findCheckout(checkout.id, customerId)).toBeNull();
      const bought = { subscriptionId: subscription.id };
      const consent = await store().findConsent({ provider: "stripe", bought });
      expect(consent).toMatchObject({ customerId: reference, terms: true, promotions: null });
      const facts = await store().readAccessFacts(customerId, ["stripe"], new Date(at));
      expect(facts).toEqual({ hasBillingAccount: false, subscriptions: [], usage: [], purchases: [] });
      expect((await store().readAccessFacts(reference, [], new Date(at))).purchases).toHaveLength(1);
      const { callbacks } = await store().listCallbacks({ customerId, limit: 10 });
      expect(callbacks.map(({ type }) => type)).toEqual(["customer.deleted"]);
    });

    it("tells once, and whoever saved before is overtaken", async () => {
      const { customerId, subscription } = await settle("ended");
      const stored = await store().findStoredSubscription(subscription.id, "stripe");
      const { reference } = await store().beginDeletion(wish(customerId));
      await Promise.all([finish(customerId, reference), finish(customerId, reference)]);
      const { callbacks } = await store().listCallbacks({ customerId, limit: 10 });
      expect(callbacks.length).toBeLessThanOrEqual(1);
      const late = { subscription, expectedRevision: stored?.revision ?? null, callbacks: [], jobs: [] };
      expect(await store().saveSubscription(late)).toBe("overtaken");
      expect(await store().listSubscriptions(customerId)).toEqual([]);
    });

    it("leaves everybody else as they are, and the same id may begin anew", async () => {
      const mine = await settle("ended");
      const theirs = await settle("ended");
      const { reference } = await store().beginDeletion(wish(mine.customerId));
      await finish(mine.customerId, reference);
      expect(await store().listSubscriptions(theirs.customerId)).toHaveLength(1);
      expect(await store().findCheckout(theirs.checkout.id, theirs.customerId)).not.toBeNull();
      const back = { ...mine.link, providerCustomerId: unique("cus") };
      expect(await store().linkCustomer(back)).toMatchObject({ ...back, current: true });
      const again = await store().beginDeletion(wish(mine.customerId));
      expect(again.reference).not.toBe(reference);
    });
  });
}

function toldOf(customerId: string, { reference }: DeletionReport): Callback {
  const data = { customerId, by: "app", ended: [], reference } as const;
  return { id: `${reference}:customer.deleted`, type: "customer.deleted", data };
}
