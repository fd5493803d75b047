import { describe, expect, it } from "vitest";
import { buildCheckout } from "../testing/building/builders.js";
import { decideOpening } from "./decide-opening.js";

const checkout = buildCheckout({ id: "cs_new", trialDays: 14 });
const earlier = buildCheckout({ id: "cs_earlier" });
const elsewhere = buildCheckout({ id: "cs_elsewhere", slot: "plan:support", trialDays: 14 });
const kept = { save: checkout, opened: checkout };
const nothing = { save: null, opened: null };
const refused = { save: { ...checkout, status: "expired", url: null }, opened: null };
const had = { status: "active", trialEndsAt: "2026-01-15T00:00:00.000Z" } as const;

const decide = (input: Partial<Parameters<typeof decideOpening>[0]>) =>
  decideOpening({ checkout, after: null, latest: null, subscriptions: [], checkouts: [], ...input });

describe("decideOpening", () => {
  it.each([
    ["is kept as the first of its slot", {}, kept],
    ["is kept after the one that was known", { latest: earlier, after: earlier.id }, kept],
    ["is not kept after one that was not known", { latest: earlier }, nothing],
    ["is not kept when the known one is gone", { after: earlier.id }, nothing],
    ["is answered when it is there", { latest: checkout }, { save: null, opened: checkout }],
    ["is not answered when it was settled", { latest: { ...checkout, status: "expired" } }, nothing],
    ["is refused the trial that was had", { subscriptions: [had] }, refused],
    ["is refused the trial that another slot offers", { checkouts: [elsewhere] }, refused],
    [
      "is kept beside its slot's own earlier offer",
      { checkouts: [{ ...elsewhere, slot: checkout.slot }] },
      kept,
    ],
    [
      "is refused the trial that its slot's own earlier offer may still give, where it can't be closed",
      { checkouts: [{ ...elsewhere, slot: checkout.slot }], staysOpen: ["stripe"] },
      refused,
    ],
  ] as const)("%s", (_, input, expected) => {
    expect(decide(input)).toEqual(expected);
  });

  it("is refused an intro to whoever had a subscription, or has another one open", () => {
    const first = { ...checkout, trialDays: 0, intro: true } as const;
    const other = { ...elsewhere, trialDays: 0, intro: true } as const;
    const closed = { save: { ...first, status: "expired", url: null }, opened: null };
    expect(decide({ checkout: first })).toEqual({ save: first, opened: first });
    expect(decide({ checkout: first, checkouts: [other] })).toEqual(closed);
    const plain = { status: "ended", trialEndsAt: null } as const;
    expect(decide({ checkout: first, subscriptions: [plain] })).toEqual(closed);
    expect(decide({ checkouts: [other] }), "a trial stands for itself").toEqual(kept);
  });

  it("asks about no trial that it does not offer", () => {
    const plain = { ...checkout, trialDays: 0 };
    const opening = decide({ checkout: plain, subscriptions: [had], checkouts: [elsewhere] });
    expect(opening).toEqual({ save: plain, opened: plain });
  });
});
