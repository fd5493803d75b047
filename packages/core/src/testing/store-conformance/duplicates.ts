import { describe, expect, it } from "vitest";
import type { DuplicateAction } from "../../language/callback.js";
import type { DuplicateRecord } from "../../language/duplicate-record.js";
import type { Money } from "../../language/money.js";
import type { Subscription } from "../../language/subscription.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

const startedAt = "2026-03-01T00:00:00.000Z";
const now = "2026-03-02T00:00:00.000Z";

const refunded = (refund: Money | null) => ({ refund, pending: false });

export function describeDuplicates(store: () => Store, second: () => Store | undefined): void {
  const other = () => second() ?? store();
  const scopeOf = (customerId: string, action: DuplicateAction = "cancel_and_refund") => ({
    ...{ customerId, group: "main" },
    actions: [{ provider: "stripe", action }],
  });
  const list = (customerId: string) => store().listDuplicates(customerId, "stripe", "main");
  const subscribe = async (customerId: string, more: Partial<Subscription> = {}) => {
    const own = { id: unique("sub"), customerId, startedAt, origin: "checkout" } as const;
    const subscription = buildSubscription({ ...own, ...more });
    await putSubscription(store(), subscription);
    return subscription;
  };
  /** A customer with two subscriptions of one group, and what is decided about the second. */
  async function decided(): Promise<DuplicateRecord> {
    const customerId = unique("org");
    await subscribe(customerId);
    await subscribe(customerId, { startedAt: "2026-03-01T00:00:01.000Z" });
    const [decision] = await store().recordDuplicates(scopeOf(customerId), now);
    if (decision === undefined) throw new Error("There are two.");
    return decision;
  }

  describe("recordDuplicates", () => {
    it("writes what is decided about the second of two, for its customer, provider and group", async () => {
      const customerId = unique("org");
      const kept = await subscribe(customerId);
      const late = await subscribe(customerId, { startedAt: "2026-03-01T00:00:01.000Z" });
      const decision = {
        ...{ customerId, provider: "stripe", group: "main" },
        subscriptionId: late.id,
        keptId: kept.id,
        action: "cancel_and_refund",
        state: "decided",
        refund: null,
      };
      expect(await store().recordDuplicates(scopeOf(customerId), now)).toEqual([decision]);
      expect(await list(customerId)).toEqual([decision]);
      expect(await list(unique("org"))).toEqual([]);
      expect(await store().listDuplicates(customerId, "paddle", "main")).toEqual([]);
      expect(await store().listDuplicates(customerId, "stripe", "support")).toEqual([]);
    });

    it("writes nothing where there is one", async () => {
      const customerId = unique("org");
      await subscribe(customerId);
      await subscribe(customerId, { provider: "paddle" });
      expect(await store().recordDuplicates(scopeOf(customerId), now)).toEqual([]);
      expect(await list(customerId)).toEqual([]);
    });

    it("decides over all of the providers that it is given", async () => {
      const customerId = unique("org");
      const kept = await subscribe(customerId, { provider: "paddle" });
      const late = await subscribe(customerId, { startedAt: "2026-03-01T00:00:01.000Z" });
      const { actions } = scopeOf(customerId);
      const scope = {
        ...scopeOf(customerId),
        actions: [...actions, { provider: "paddle", action: "keep" }],
      } as const;
      const decision = {
        provider: "stripe",
        subscriptionId: late.id,
        keptId: kept.id,
        keptProvider: "paddle",
      };
      const decided = await store().recordDuplicates(scope, now);
      expect(decided).toMatchObject([decision]);
      expect(await list(customerId)).toEqual(decided);
      expect(
        await store().completeDuplicate({ ...decided[0], ...decision } as DuplicateRecord, refunded(null)),
      ).toBe(true);
    });

    it("stays with what is decided, and decides once when several ask at once", async () => {
      const customerId = unique("org");
      await subscribe(customerId);
      await subscribe(customerId, { startedAt: "2026-03-01T00:00:01.000Z" });
      const answers = await Promise.all(
        [store(), other(), store(), other()].map((one, n) =>
          one.recordDuplicates(scopeOf(customerId, n < 2 ? "cancel" : "keep"), now),
        ),
      );
      const [first] = answers;
      expect(answers).toEqual([first, first, first, first]);
      expect(await list(customerId)).toEqual(first);
    });
  });

  describe("completeDuplicate", () => {
    const usd = (amount: number) => ({ amount, currency: "usd" }) as const;
    const told = async ({ customerId }: DuplicateRecord) => {
      const { callbacks } = await store().listCallbacks({ customerId, limit: 10 });
      return callbacks.filter(({ type }) => type === "subscription.duplicate").map(({ data }) => data);
    };

    it("notes what was refunded and tells the app, once of many at once", async () => {
      const decision = await decided();
      const answers = await Promise.all(
        [store(), other(), store()].map((one) => one.completeDuplicate(decision, refunded(usd(900)))),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await list(decision.customerId)).toEqual([{ ...decision, state: "done", refund: usd(900) }]);
      const { subscriptionId, keptId } = decision;
      const pair = { subscription: { id: subscriptionId }, kept: { id: keptId } };
      expect(await told(decision)).toMatchObject([{ ...pair, refund: usd(900) }]);
      expect(await store().recordDuplicates(scopeOf(decision.customerId), now)).toEqual([]);
    });

    it("tells the app again when more was refunded, never when less was", async () => {
      const decision = await decided();
      expect(await store().completeDuplicate(decision, refunded(usd(900)))).toBe(true);
      expect(await store().completeDuplicate(decision, refunded(null))).toBe(false);
      expect(await store().completeDuplicate(decision, refunded(usd(1800)))).toBe(true);
      expect(await list(decision.customerId)).toMatchObject([{ state: "done", refund: usd(1800) }]);
      const refunds = (await told(decision)).map((data) => ("refund" in data ? data.refund : null));
      expect(refunds).toEqual([usd(1800), usd(900)]);
    });

    it("writes nothing when one of the two is not stored", async () => {
      const decision = await decided();
      const failing = store().completeDuplicate({ ...decision, keptId: unique("sub") }, refunded(null));
      await expect(failing).rejects.toThrow("left the store");
      expect(await list(decision.customerId)).toEqual([decision]);
      expect(await told(decision)).toEqual([]);
    });
  });

  describe("withdrawDuplicate", () => {
    it("withdraws what is decided, never what is done", async () => {
      const [open, done] = [await decided(), await decided()];
      await store().completeDuplicate(done, refunded(null));
      await store().withdrawDuplicate(open);
      await store().withdrawDuplicate(done);
      expect(await list(open.customerId)).toEqual([]);
      expect(await list(done.customerId)).toEqual([{ ...done, state: "done" }]);
    });
  });
}
