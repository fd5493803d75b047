import { describe, expect, it } from "vitest";
import { decideAccess } from "../access/decide-access.js";
import { defaultChangePolicies } from "../change/change-policy.js";
import { decideChange } from "../change/decide-change.js";
import { decideCheckout } from "../checkout/decide-checkout.js";
import { listPortalOffers } from "../portal/portal-offers.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { catalogFor, hasPrivatePlans } from "./catalog-for.js";
import { checkCatalog } from "./check-catalog.js";
import { describePlans } from "./describe-plans.js";
import { withPrivatePlans } from "./with-private-plans.js";

const publicPlans = buildCatalog();
const catalog = withPrivatePlans(publicPlans, {
  acme: { name: "Acme", prices: { month: { usd: 9900 } }, includes: { export: true, support: true } },
  globex: { name: "Globex", contactUrl: "mailto:sales@example.com", includes: { export: true } },
});
const now = new Date("2026-03-10T12:00:00.000Z");
const customer = { id: "org_1", canManage: true, hasBillingAccount: true };
const held = buildSubscription({ planId: "acme" });
const onAcme = { ...held, items: held.items.map((item) => ({ ...item, planId: "acme" })) };

const access = (plans: readonly string[], subscriptions = [onAcme].slice(1)) =>
  decideAccess({ catalog, customer, subscriptions, plans, now });

describe("a plan for one customer", () => {
  it("is shown, offered and advised only to those for whom it is named", () => {
    const ids = (named?: readonly string[]) => describePlans(catalog, "usd", named).plans.map(({ id }) => id);
    expect(ids()).toEqual(describePlans(publicPlans).plans.map(({ id }) => id));
    expect(ids(["acme"])).toEqual([...ids(), "acme"]);
    expect(Object.keys(access([]).offers)).not.toContain("acme");
    expect(access(["acme"]).offers).toMatchObject({ acme: { kind: "checkout" } });
    expect(access(["globex"]).offers).not.toHaveProperty("acme");
    expect(
      decideAccess({ catalog, customer: null, subscriptions: [], now }).features.support?.upgradeTo,
    ).toBe("care");
    expect(JSON.stringify(access([]))).not.toMatch(/acme|globex/i);
  });

  it("stays with those who have it, whoever asks", () => {
    expect(access([], [onAcme])).toMatchObject({ planId: "acme", features: { support: { allowed: true } } });
    expect(access([], [onAcme]).offers).not.toHaveProperty("acme");
  });

  it.each(["acme", "globex", "gone"])("answers about %s as about one that does not exist", (planId) => {
    const mine = catalogFor(catalog, []);
    const choice = { planId, interval: "month", currency: "usd", quantity: 1 } as const;
    const refused = expect.objectContaining({ code: "unknown_plan", message: "There is no such plan." });
    expect(() => decideCheckout({ catalog: mine, subscriptions: [], choice })).toThrow(refused);
    for (const subscriptions of [[], [buildSubscription()]]) {
      const input = { catalog: mine, subscriptions, policies: defaultChangePolicies, now };
      expect(() => decideChange({ ...input, choice: { planId } })).toThrow(refused);
    }
  });

  it("is sold to those for whom it is named, and changed by those who have it", () => {
    const choice = { planId: "acme", interval: "month", currency: "usd", quantity: 1 } as const;
    const named = catalogFor(catalog, ["acme"]);
    expect(decideCheckout({ catalog: named, subscriptions: [], choice })).toMatchObject({ planId: "acme" });
    const again = {
      catalog: catalogFor(catalog, []),
      subscriptions: [onAcme],
      policies: defaultChangePolicies,
      now,
    };
    expect(() => decideChange({ ...again, choice: { planId: "acme" } })).toThrow(
      expect.objectContaining({ code: "nothing_to_change" }),
    );
  });

  it("is on no page of the provider's that everybody may open", () => {
    expect(JSON.stringify(listPortalOffers(catalog, 10))).not.toContain("acme");
  });

  it("makes one catalog for everybody who is named the same", () => {
    expect(catalogFor(publicPlans, ["acme"])).toBe(publicPlans);
    expect(catalogFor(catalog, ["acme"])).toBe(catalogFor(catalog, ["acme", "gone"]));
    expect(hasPrivatePlans(publicPlans)).toBe(false);
    expect(hasPrivatePlans(catalog)).toBe(true);
  });

  it("can't be what everybody has, nor have a name that is taken", () => {
    const free = { ...publicPlans.plans.free, private: true };
    expect(() => checkCatalog({ ...publicPlans, plans: { ...publicPlans.plans, free } })).toThrow(
      expect.objectContaining({ code: "invalid_catalog", details: { path: "plans.free.private" } }),
    );
    for (const id of ["pro", "credits"]) {
      expect(() => withPrivatePlans(publicPlans, { [id]: { name: "Acme", includes: {} } })).toThrow(
        expect.objectContaining({ code: "invalid_catalog" }),
      );
    }
  });
});
