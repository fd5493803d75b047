import { describe, expect, it } from "vitest";
import type { Consent } from "../../language/consent.js";
import type { Store } from "../../ports/store.js";
import { buildConsent } from "../building/builders.js";
import { unique } from "./unique.js";

export function describeConsents(store: () => Store, second: () => Store | undefined): void {
  const other = () => second() ?? store();
  const newConsent = (overrides: Partial<Consent> = {}) =>
    buildConsent({ checkoutId: unique("cs"), customerId: unique("org"), ...overrides });
  const settle = (consent: Consent, at = store()) => {
    const { checkoutId: id, provider, customerId } = consent;
    return at.settleCheckout({ id, provider, customerId, status: "complete", purchase: null, consent });
  };
  const find = ({ provider, checkoutId }: Consent) =>
    store().findConsent({ provider, bought: { checkoutId } });

  describe("findConsent", () => {
    it("has what was agreed to, of a checkout that is not stored, too, and of that provider alone", async () => {
      const consent = newConsent({ promotions: "opt_out" });
      expect(await find(consent)).toBeNull();
      await settle(consent);
      expect(await find(consent)).toEqual(consent);
      expect(await find({ ...consent, provider: "paddle" })).toBeNull();
    });

    it("has the latest of a subscription", async () => {
      const subscriptionId = unique("sub");
      const [early, late] = [
        newConsent({ subscriptionId, agreedAt: "2026-01-01T10:00:00.000Z" }),
        newConsent({ subscriptionId, agreedAt: "2026-02-01T10:00:00.000Z" }),
      ];
      for (const one of [late, early]) await settle(one);
      const of = (bought: { readonly subscriptionId: string }) =>
        store().findConsent({ provider: "stripe", bought });
      expect(await of({ subscriptionId })).toEqual(late);
      expect(await of({ subscriptionId: unique("sub") })).toBeNull();
    });

    it("has the earlier time, however late it is heard of and by however many at once", async () => {
      const consent = newConsent({ agreedAt: "2026-01-01T10:00:00.000Z" });
      const later = { ...consent, agreedAt: "2026-01-01T10:00:05.000Z" };
      await Promise.all(
        Array.from({ length: 6 }, (_, n) => settle(n === 3 ? consent : later, n % 2 ? store() : other())),
      );
      expect(await find(consent)).toEqual(consent);
      await settle(later);
      expect(await find(consent)).toEqual(consent);
    });
  });
}
