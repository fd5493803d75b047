import { describe, expect, it } from "vitest";
import type { Catalog } from "../catalog/catalog.js";
import type { CreditsAccount, CreditsGrant } from "../language/credits.js";
import { planLinesOf } from "../language/plan-lines.js";
import type { Subscription } from "../language/subscription.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { buildPurchase } from "../testing/building/builders.js";
import { emptyCredits } from "./credits-state.js";
import { type CreditsFacts, decideDueCredits } from "./decide-due-credits.js";

const example: Catalog = buildCatalog();
const plan = (id: string, credits: object) => ({ ...example.plans[id], credits: { tokens: credits } });
const catalog = {
  plans: {
    ...example.plans,
    free: plan("free", { amount: 5 }),
    starter: plan("starter", { amount: 100 }),
    pro: plan("pro", { amount: 400, rollover: 50, priority: 10 }),
  },
  products: { ...example.products, credits: { ...example.products.credits, credits: { tokens: 20 } } },
} as Pick<Catalog, "plans" | "products">;
const march = { start: "2026-03-01T00:00:00.000Z", end: "2026-04-01T00:00:00.000Z" };

function decide(
  subscription: Subscription | null,
  { account = emptyCredits, ...own }: Partial<CreditsFacts> & { account?: CreditsAccount } = {},
) {
  const [line] = subscription ? planLinesOf(subscription) : [];
  const open = new Map(subscription && line ? [[line.planId, { subscription, line }]] : [["free", null]]);
  const subscriptions = subscription ? [subscription] : [];
  const now = new Date("2026-03-11T00:00:00.000Z");
  return decideDueCredits(
    { catalog, credit: "tokens", subscriptions, open, purchases: [], now, ...own },
    account,
  );
}
const granted = (planId: string, own: Partial<CreditsGrant> = {}): CreditsGrant => ({
  id: `plan:stripe:sub_1:${planId}:month:${march.start}`,
  source: { kind: "plan", provider: "stripe", subscriptionId: "sub_1", planId, period: march },
  ...{ amount: 100, left: 60, held: 0, expiresAt: march.end, priority: 50, grantedAt: march.start },
  ...own,
});
const holding = (...grants: readonly CreditsGrant[]) => ({ account: { grants, debts: [] } });
const changed = (planId: string, own: Partial<Subscription> = {}) =>
  buildSubscription({ planId, asOf: "2026-03-16T12:00:00.000Z", ...own });

describe("decideDueCredits", () => {
  it("grants a plan's for its period, by its terms", () => {
    expect(decide(buildSubscription()).grants).toMatchObject([
      {
        id: `plan:stripe:sub_1:pro:month:${march.start}`,
        amount: 400,
        expiresAt: march.end,
        carries: 50,
        priority: 10,
      },
    ]);
    expect(decide(null).grants).toMatchObject([
      { id: "plan:free:free:2026-03-01T00:00:00.000Z", amount: 5, expiresAt: march.end, priority: 50 },
    ]);
    expect(decide(buildSubscription(), { credit: "minutes" }).grants).toEqual([]);
  });

  it.each([
    ["is past due: nobody has paid for it yet", buildSubscription({ status: "past_due" }), undefined],
    ["is over, and whose renewal nobody has told", buildSubscription(), new Date("2026-04-01T00:00:00.000Z")],
    ["has not begun", buildSubscription(), new Date("2026-02-28T00:00:00.000Z")],
  ])("grants nothing for a period that %s", (_, subscription, now) => {
    expect(decide(subscription, now && { now }).grants).toEqual([]);
  });

  const monthly = {
    ...catalog,
    plans: { ...catalog.plans, pro: plan("pro", { amount: 400, every: "month" }) },
  } as typeof catalog;
  const yearly = (start: string, end: string, own: Partial<Subscription> = {}) =>
    buildSubscription({
      planId: "pro",
      interval: "year",
      currentPeriod: { start, end },
      asOf: start,
      ...own,
    });

  it("grants what is given by the month twelve times a year, on the day or the last of a shorter month", () => {
    const [start, end] = ["2026-05-31T08:00:00.000Z", "2027-05-31T08:00:00.000Z"];
    const at = (now: string) =>
      decide(yearly(start, end), { catalog: monthly, now: new Date(now) }).grants[0];
    const days = ["2026-06-30", "2026-07-31", "2027-02-28", "2027-03-31"].map((day) => {
      const [before, after] = [at(`${day}T07:59:59.000Z`), at(`${day}T08:00:00.000Z`)];
      expect(before?.id).not.toBe(after?.id);
      return [after?.amount, after?.expiresAt];
    });
    expect(days).toEqual([
      [400, "2026-07-31T08:00:00.000Z"],
      [400, "2026-08-31T08:00:00.000Z"],
      [400, "2027-03-31T08:00:00.000Z"],
      [400, "2027-04-30T08:00:00.000Z"],
    ]);
    const ids = new Set<string | undefined>();
    for (let day = Date.parse(start); day < Date.parse(end); day += 86_400_000)
      ids.add(at(new Date(day).toISOString())?.id);
    expect(ids.size).toBe(12);
  });

  it("grants by the month the part of a month that is left after a change within it", () => {
    const year = { start: "2026-01-01T00:00:00.000Z", end: "2027-01-01T00:00:00.000Z" };
    const subscription = yearly(year.start, year.end, { asOf: "2026-03-16T12:00:00.000Z" });
    const now = new Date("2026-03-17T00:00:00.000Z");
    const left = granted("starter", {
      source: { kind: "plan", provider: "stripe", subscriptionId: "sub_1", planId: "starter", period: year },
    });
    expect(decide(subscription, { catalog: monthly, now, ...holding(left) }).grants).toMatchObject([
      { amount: 200, expiresAt: march.end },
    ]);
    // All of the year was granted when it began, by the catalog of then.
    const spanning = { ...left, source: { ...left.source, planId: "pro" } } as CreditsGrant;
    expect(decide(subscription, { catalog: monthly, now, ...holding(spanning) }).grants).toEqual([]);
  });

  it("grants the part that is left after a change within the period, whatever is heard later", () => {
    const up = decide(changed("pro"), holding(granted("starter")));
    expect(up.grants).toMatchObject([{ amount: 200 }]);
    expect(up.reclaims).toMatchObject([
      { grantId: granted("starter").id, total: 50, owing: false },
      { grantId: granted("pro").id, total: 0 },
    ]);
  });

  it("makes what was spent of the dearer plan's be owed by whoever goes back to the cheaper one", () => {
    const down = decide(changed("starter"), holding(granted("pro", { amount: 400, carries: 50 })));
    expect(down.reclaims[0]).toMatchObject({ grantId: granted("pro").id, total: 200, owing: true });
  });

  it("leaves what rolls over to whoever goes up, and to whoever leaves", () => {
    const kept = granted("starter", { expiresAt: null });
    expect(decide(changed("pro"), holding(kept)).reclaims).toHaveLength(1);
    const ended = buildSubscription({ status: "ended" });
    const gone = (grant: CreditsGrant) =>
      decide(null, { subscriptions: [ended], ...holding(grant) }).reclaims;
    expect(gone(granted("pro", { carries: 50 }))).toEqual([]);
    expect(gone(granted("starter"))).toMatchObject([{ total: 100, owing: false }]);
  });

  it("grants a change that begins a period of its own whole, and once however often it is made", () => {
    const [start, end] = ["2026-03-10T00:00:00.000Z", "2027-03-10T00:00:00.000Z"];
    const countedFrom = { [start]: march.start };
    const yearly = changed("pro", { interval: "year", currentPeriod: { start, end }, countedFrom });
    const [grant] = decide(yearly, holding(granted("starter"))).grants;
    expect(grant).toMatchObject({ id: `plan:stripe:sub_1:pro:year:${march.start}`, amount: 400 });
  });

  it("grants a product's for each that was bought, but not what went back before", () => {
    const purchase = buildPurchase({ productId: "credits", quantity: 3 });
    const { provider, checkoutId } = purchase;
    const wish = { id: `purchase:${provider}:${checkoutId}`, amount: 60, expiresAt: null };
    expect(decide(buildSubscription(), { purchases: [purchase] }).grants.slice(1)).toMatchObject([wish]);
    const returned = { ...purchase, returned: { at: march.start, by: "re_1" } };
    expect(decide(buildSubscription(), { purchases: [returned] }).grants).toHaveLength(1);
  });
});
