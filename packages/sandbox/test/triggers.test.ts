import { describe, expect, it } from "vitest";
import { runTriggers } from "../scripts/run-triggers.js";
import { impossible } from "../scripts/triggers.js";

describe("Stripe's own CLI", () => {
  it("triggers every billing event it knows, except for those that can't work offline", async () => {
    const results = await runTriggers();
    const failed = results.flatMap(({ trigger, ok }) => (ok ? [] : [trigger]));
    expect(failed.sort()).toEqual(Object.keys(impossible).sort());
    expect(results.length - failed.length).toBeGreaterThanOrEqual(80);
  }, 180_000);
});
