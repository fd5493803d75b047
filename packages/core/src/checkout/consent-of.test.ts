import { describe, expect, it } from "vitest";
import { buildConsent } from "../testing/building/builders.js";
import { anonymizeConsent, consentOf, earlierConsent } from "./consent-of.js";

const now = "2026-03-02T00:00:00.000Z";
const of = { provider: "stripe", checkoutId: "cs_1", customerId: "org_1", subscriptionId: "sub_1" };

describe("consentOf", () => {
  it.each([
    ["is nothing where nobody was asked", null, null],
    ["is nothing where nothing was asked for", { terms: false, promotions: null, at: null }, null],
    [
      "is what was accepted, when the provider says",
      { terms: true, promotions: null, at: "2026-03-01T00:00:00.000Z" },
      { ...of, terms: true, promotions: null, agreedAt: "2026-03-01T00:00:00.000Z" },
    ],
    [
      "is also that they want no news, when we heard of it",
      { terms: false, promotions: "opt_out" as const, at: null },
      { ...of, terms: false, promotions: "opt_out", agreedAt: now },
    ],
  ])("%s", (_, agreed, consent) => {
    expect(consentOf(agreed, of, now)).toEqual(consent);
  });

  it("says of somebody who was deleted only that terms were accepted", () => {
    const gone = { ...of, customerId: "tollgate:deleted:7f0c" };
    const agreed = { terms: true, promotions: "opt_in", at: null } as const;
    expect(consentOf(agreed, gone, now)).toEqual({ ...gone, terms: true, promotions: null, agreedAt: now });
    expect(consentOf({ ...agreed, terms: false }, gone, now)).toBeNull();
  });
});

describe("earlierConsent", () => {
  const known = buildConsent({ agreedAt: "2026-03-01T10:00:00.000Z" });
  it.each([
    ["the only one", null, known, known],
    ["the one from before", known, buildConsent({ agreedAt: now }), known],
    ["the truer time of a late webhook", buildConsent({ agreedAt: now }), known, known],
  ])("keeps %s", (_, before, said, kept) => {
    expect(earlierConsent(before, said)).toEqual(kept);
  });
});

describe("anonymizeConsent", () => {
  it("keeps accepted terms under the reference, and nothing about news", () => {
    const consent = buildConsent({ promotions: "opt_in" });
    const reference = "tollgate:deleted:7f0c";
    expect(anonymizeConsent(consent, reference)).toEqual({
      ...consent,
      customerId: reference,
      promotions: null,
    });
    expect(anonymizeConsent({ ...consent, terms: false }, reference)).toBeNull();
  });
});
