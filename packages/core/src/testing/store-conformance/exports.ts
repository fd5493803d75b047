import { describe, expect, it } from "vitest";
import { type ExportedRecord, type ExportSection, exportSections } from "../../language/customer-export.js";
import type { Store } from "../../ports/store.js";
import { buildPaymentEntry } from "../building/build-history.js";
import { buildMigrationEntry, buildPriceMigration } from "../building/build-migration.js";
import { buildSubscription } from "../building/build-subscription.js";
import {
  buildCallback,
  buildCheckout,
  buildConsent,
  buildEventHead,
  buildPurchase,
} from "../building/builders.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

const at = "2026-03-01T00:00:00.000Z";

export function describeExports(store: () => Store): void {
  const read = async (customerId: string, section: ExportSection, limit = 100) => {
    const records: ExportedRecord[] = [];
    let after: string | null = null;
    do {
      const page = await store().exportCustomer({ customerId, section, after, limit });
      records.push(...page.records);
      expect(page.records.length).toBeLessThanOrEqual(limit);
      after = page.next;
    } while (after !== null);
    return records;
  };

  describe("exportCustomer", () => {
    it("has something of every part, and nothing that opens a checkout", async () => {
      const customerId = unique("org");
      const link = { customerId, provider: "stripe", providerCustomerId: unique("cus") };
      await store().linkCustomer(link);
      const contact = { email: { value: "ada@b.co", by: "app" } } as const;
      const subscription = buildSubscription({ id: unique("sub"), customerId });
      const callbacks = [buildCallback(unique("callback"), subscription)];
      await store().saveProfile({ link, expected: {}, profile: contact, callbacks, jobs: [] });
      await putSubscription(store(), subscription);
      const checkout = buildCheckout({ id: unique("cs"), customerId });
      await store().openCheckout(checkout, { after: null });
      const purchase = buildPurchase({ checkoutId: unique("cs"), customerId });
      const { checkoutId } = purchase;
      const consent = buildConsent({ checkoutId, customerId, promotions: "opt_in" });
      await store().settleCheckout({ ...purchase, id: checkoutId, status: "complete", purchase, consent });
      const use = { customerId, feature: "messages", period: { startsAt: at, endsAt: null }, limit: null };
      await store().countUsage({ ...use, quantity: 3, recordedAt: at, idempotencyKey: "once" });
      const member = { id: "ada", limit: null };
      await store().countUsage({ ...use, member, quantity: 2, recordedAt: at, idempotencyKey: "twice" });
      await store().saveMemberLimit({ customerId, memberId: "ada", feature: "messages", limit: 9 });
      const head = buildEventHead({ id: unique("evt"), providerCustomerId: link.providerCustomerId });
      const facts = [buildPaymentEntry({ customerId, factId: unique("fact") })];
      const settled = { state: "applied", reason: null, save: null, facts, callbacks: [], jobs: [] } as const;
      await store().settleEvent({ head, ...settled });

      const migration = buildPriceMigration({ id: unique("migration") });
      const entry = buildMigrationEntry({
        migrationId: migration.id,
        customerId,
        subscriptionId: subscription.id,
      });
      await store().startPriceMigration({ migration, entries: [{ entry, dueAt: at }], jobs: [] });
      await store().savePricePromise({ customerId, until: null, promisedAt: at });

      const counted = { group: "main", count: 7, since: at, countedAt: at };
      const rest = { earlier: [], carried: null, attempts: 0, problem: null, told: null };
      const record = { customerId, ...counted, ...rest };
      await store().saveSeats({ record, dueAt: null, expectedRevision: null, callbacks: [] });

      const { provider, providerCustomerId } = link;
      const { url: _, fingerprint: __, ...opened } = checkout;
      const expected = {
        accounts: { provider, providerCustomerId, current: true, contact },
        subscriptions: subscription,
        purchases: purchase,
        checkouts: opened,
        consents: consent,
        priceChanges: { subscriptionId: subscription.id, state: "waiting", from: entry.from, to: entry.to },
        pricePromises: { customerId, until: null, promisedAt: at },
        seats: { customerId, ...counted },
        usage: { feature: "messages", startsAt: at, endsAt: null, used: 5 },
        memberUsage: { memberId: "ada", feature: "messages", startsAt: at, endsAt: null, used: 2 },
        memberLimits: { memberId: "ada", feature: "messages", limit: 9 },
        events: { id: head.id, type: head.type, state: "applied", event: null },
        callbacks: { id: callbacks[0]?.id, type: "subscription.activated", data: { customerId } },
      };
      for (const [section, one] of Object.entries(expected)) {
        expect(await read(customerId, section as ExportSection), section).toMatchObject([one]);
      }
      const keys = ["once", "twice"].map((idempotencyKey) => ({
        feature: "messages",
        idempotencyKey,
        recordedAt: at,
      }));
      expect(await read(customerId, "usageKeys")).toMatchObject(keys);
      expect(JSON.stringify(await read(customerId, "checkouts"))).not.toContain(checkout.url);
      for (const section of exportSections) expect(await read(unique("org"), section), section).toEqual([]);
    });

    it("comes page by page, each record once", async () => {
      const customerId = unique("org");
      const ids = Array.from({ length: 7 }, () => unique("sub"));
      for (const id of ids) await putSubscription(store(), buildSubscription({ id, customerId }));
      const records = await read(customerId, "subscriptions", 3);
      expect(records.map(({ id }) => id).sort()).toEqual(ids.sort());
    });
  });
}
