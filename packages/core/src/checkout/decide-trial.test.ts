import { describe, expect, it } from "vitest";
import { buildCheckout } from "../testing/building/builders.js";
import { decideTrial } from "./decide-trial.js";

const slot = "plan:main";
const offering = buildCheckout({ slot: "plan:support", trialDays: 14 });
const decide = (input: Partial<Parameters<typeof decideTrial>[0]>) =>
  decideTrial({ subscriptions: [], checkouts: [], slot, ...input });

describe("decideTrial", () => {
  it("is free for anyone who never had one", () => {
    expect(decide({ subscriptions: [{ trialEndsAt: null }] })).toBe("free");
  });

  it("is used by a subscription, ended or not", () => {
    expect(decide({ subscriptions: [{ trialEndsAt: "2026-01-15T00:00:00.000Z" }] })).toBe("used");
  });

  it("is used by a checkout that is complete before its subscription is known", () => {
    expect(decide({ checkouts: [{ ...offering, slot, status: "complete" }] })).toBe("used");
  });

  it("is held by another open checkout", () => {
    expect(decide({ checkouts: [offering] })).toEqual({ offeredBy: [offering] });
  });

  it("is not held by a checkout of the same slot, which is reused or closed anyway", () => {
    expect(decide({ checkouts: [{ ...offering, slot }] })).toBe("free");
  });

  it("is held by one of the same slot that can't be closed: it may still be paid as well", () => {
    const left = { ...offering, slot };
    const staysOpen = [left.provider];
    expect(decide({ checkouts: [left], staysOpen })).toEqual({ offeredBy: [left] });
    expect(decide({ checkouts: [left], staysOpen: ["another"] })).toBe("free");
  });
});
