import { describe, expect, it } from "vitest";
import type { PlanGrants } from "../../catalog/plan-grants.js";
import type { Subscription } from "../../language/subscription.js";
import type { Store } from "../../ports/store.js";
import { buildCareItem, buildSubscription } from "../building/build-subscription.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

const at = "2026-03-01T00:00:00.000Z";

export function describePlanMemory(store: () => Store): void {
  const plan = (more: Partial<PlanGrants> = {}): PlanGrants => ({
    planId: unique("plan"),
    name: "Pro",
    group: "main",
    includes: { export: true, projects: 50, messages: "unlimited" },
    ...more,
  });
  const kept = async (...ids: string[]) =>
    (await store().listPlans()).filter(({ planId }) => ids.includes(planId));

  describe("the terms of access", () => {
    it("are known of any moment since they were kept, with the order of the plans", async () => {
      const plans = { zeta: { name: "Z", includes: {} }, alpha: { name: "A", includes: {} } };
      const terms = (graceDays: number) => ({ catalog: { features: {}, products: {}, plans }, graceDays });
      const day = (date: number) => `2019-01-0${date}T00:00:00.000Z`;
      expect(await store().findTerms("2018-12-31T00:00:00.000Z")).toBeNull();
      await store().rememberTerms(terms(1), day(2));
      await store().rememberTerms(terms(1), day(3));
      await store().rememberTerms(terms(2), day(4));
      expect(await store().findTerms(day(1))).toBeNull();
      const found = await store().findTerms(day(3));
      expect(found).toEqual({ terms: terms(1), since: day(2) });
      expect(Object.keys(found?.terms.catalog.plans ?? {})).toEqual(["zeta", "alpha"]);
      expect(await store().findTerms(day(5))).toEqual({ terms: terms(2), since: day(4) });
    });
  });

  describe("what plans grant", () => {
    it("is kept, replaced by what is remembered later, and never forgotten", async () => {
      const [one, other] = [plan(), plan({ kind: "add_on", name: "Ünïcode 'quotes' 日本" })];
      expect(await store().rememberPlans([one, other], at)).not.toContainEqual(one);
      const poorer = { ...one, includes: { projects: 5 } };
      expect(await store().rememberPlans([poorer], at)).toEqual(expect.arrayContaining([one, other]));
      expect(await store().rememberPlans([], at)).toEqual(expect.arrayContaining([poorer, other]));
      expect(await kept(one.planId, other.planId)).toEqual([poorer, other].sort(byId));
    });

    it("is the same even if several remember it at the same moment", async () => {
      const all = [plan(), plan(), plan()];
      const orders = [all, all.toReversed(), all, all.toReversed()];
      await Promise.all(orders.map((plans) => store().rememberPlans(plans, at)));
      expect(await kept(...all.map(({ planId }) => planId))).toEqual(all.toSorted(byId));
    });
  });

  describe("countSubscribers", () => {
    const put = (planId: string, more: Partial<Subscription> = {}) =>
      putSubscription(
        store(),
        buildSubscription({ id: unique("sub"), customerId: unique("org"), planId, ...more }),
      );
    const count = async (except: readonly string[], ...ids: string[]) =>
      (await store().countSubscribers(except)).filter(({ planId }) => ids.includes(planId));

    it("counts each customer once, on every plan that a running subscription of theirs bills for", async () => {
      const [pro, care] = [unique("pro"), unique("zcare")];
      const customerId = unique("org");
      const { items } = buildSubscription({ planId: pro });
      await put(pro, { customerId });
      await put(pro, { customerId, items: [...items, buildCareItem({ planId: care })] });
      await put(pro, { status: "past_due" });
      await put(pro, { status: "ended" });
      await put(pro, { status: "incomplete" });
      expect(await count([], pro, care)).toEqual([
        { planId: pro, customers: 2 },
        { planId: care, customers: 1 },
      ]);
      expect(await count([pro], pro, care)).toEqual([{ planId: care, customers: 1 }]);
      expect(await count([pro, care], pro, care)).toEqual([]);
    });

    it("follows a subscription that moves to another plan, and one that ends", async () => {
      const [from, to] = [unique("from"), unique("to")];
      const moving = buildSubscription({ id: unique("sub"), customerId: unique("org") });
      const save = (more: Partial<Subscription>) =>
        putSubscription(store(), buildSubscription({ ...idsOf(moving), ...more }));
      await save({ planId: from });
      await save({ planId: to });
      expect(await count([], from, to)).toEqual([{ planId: to, customers: 1 }]);
      await save({ planId: to, status: "ended" });
      expect(await count([], from, to)).toEqual([]);
    });

    it("counts who pays a price, each customer once, at the provider whose price it is", async () => {
      const [one, other, gone] = [unique("price_1"), unique("price_2"), unique("price_3")];
      const customerId = unique("org");
      await put("pro", { customerId, items: linesOf(one, other) });
      await put("pro", { customerId, items: linesOf(one) });
      await put("pro", { items: linesOf(one), status: "past_due" });
      await put("pro", { items: linesOf(one, gone), status: "ended" });
      await put("pro", { items: linesOf(one), provider: "another" });
      expect(await store().countPayers("stripe", [gone, other, one])).toEqual([
        { priceId: one, customers: 2 },
        { priceId: other, customers: 1 },
      ]);
      expect(await store().countPayers("another", [one, other])).toEqual([{ priceId: one, customers: 1 }]);
      expect(await store().countPayers("stripe", [])).toEqual([]);
    });

    it("lists everybody with a running subscription once, page by page", async () => {
      const ids = ["a", "b", "c", "Ä", "z"].map((prefix) => unique(prefix));
      for (const customerId of ids) await put("pro", { customerId });
      await put("care", { customerId: ids[1] ?? "" });
      const ended = unique("d");
      await put("pro", { customerId: ended, status: "ended" });
      const seen: string[] = [];
      for (let after: string | null = null; ; ) {
        const page: readonly string[] = await store().listSubscribers({ after, limit: 3 });
        seen.push(...page);
        after = page.at(-1) ?? null;
        if (page.length < 3) break;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(ids));
      expect(seen).not.toContain(ended);
    });

    it("doesn't count a line that is not a plan", async () => {
      const lost = { planId: null, group: null, interval: null };
      await put("(unknown)", { items: [buildCareItem(lost)] });
      expect(await count([], "(unknown)")).toEqual([]);
    });
  });
}

function linesOf(...prices: readonly string[]) {
  const [item] = buildSubscription().items;
  if (item === undefined) throw new Error("The subscription has no line.");
  return prices.map((priceId) => ({ ...item, id: unique("si"), priceId }));
}

function idsOf({ id, customerId }: Subscription) {
  return { id, customerId };
}

function byId(a: PlanGrants, b: PlanGrants): number {
  return a.planId < b.planId ? -1 : 1;
}
