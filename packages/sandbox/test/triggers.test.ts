import { describe, expect, it } from "vitest";
import { runTriggers } from "../scripts/run-triggers.js";
import { billingTriggers, impossible } from "../scripts/triggers.js";

// Each is a process of Stripe's CLI, so `pnpm test` runs every fifth, and `pnpm prove` all of them.
const all = process.env.TOLLGATE_TRIGGERS === "all";
const triggers = billingTriggers.filter((_, index) => all || index % 5 === 0);

describe("Stripe's own CLI", () => {
  it("triggers every billing event it knows, except for those that can't work offline", async () => {
    expect(billingTriggers.length - Object.keys(impossible).length).toBeGreaterThanOrEqual(80);
    const results = await runTriggers(triggers);
    const failed = results.flatMap(({ trigger, ok }) => (ok ? [] : [trigger]));
    expect(failed.sort()).toEqual(triggers.filter((trigger) => trigger in impossible).sort());
  }, 180_000);
});
