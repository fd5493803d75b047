import { describe, expect, it } from "vitest";
import { fixtureVersion, runTriggers } from "../scripts/run-triggers.js";
import { billingTriggers, impossible, outdated } from "../scripts/triggers.js";

// Each is a process of Stripe's CLI, so `pnpm test` runs some of them, and `pnpm prove` all.
const all = process.env.TOLLGATE_TRIGGERS === "all";
const every = (step: number) => billingTriggers.filter((_, index) => all || index % step === 0);

const failuresOf = async (...run: Parameters<typeof runTriggers>): Promise<string[]> => {
  const results = await runTriggers(...run);
  return results.flatMap(({ trigger, ok }) => (ok ? [] : [trigger])).sort();
};

const among = (triggers: readonly string[], reasons: object): string[] =>
  triggers.filter((trigger) => trigger in reasons).sort();

describe("Stripe's own CLI", () => {
  it("triggers every billing event it knows, except for those that can't work offline", async () => {
    expect(billingTriggers.length - Object.keys(impossible).length).toBeGreaterThanOrEqual(80);
    const triggers = every(5);
    expect(await failuresOf(triggers)).toEqual(among(triggers, impossible));
  }, 180_000);

  it("triggers the same without --api-version, if the sandbox has that version", async () => {
    const triggers = every(19);
    const failures = await failuresOf(triggers, { asked: null, account: fixtureVersion });
    expect(failures).toEqual(among(triggers, impossible));
  }, 180_000);

  it("fails without any version where its fixtures are outdated, and only there", async () => {
    const triggers = every(13);
    const failures = await failuresOf(triggers, { asked: null });
    expect(failures).toEqual(among(triggers, { ...impossible, ...outdated }));
  }, 180_000);
});
