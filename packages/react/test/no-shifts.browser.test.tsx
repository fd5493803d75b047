import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { type AccessState, type Catalog, definePlans } from "@tollgate/core";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import "../src/styles.css";
import { BillingProvider } from "../src/kit/billing-provider.js";
import { demoPlans } from "../src/pricing-table/demo-plans.js";
import { PricingTable } from "../src/pricing-table/pricing-table.js";
import { storyPlans } from "../src/stories/story-plans.js";
import { accessFor, createTestFetch } from "../src/testing/index.js";
import { UpgradeGate } from "../src/upgrade-gate/upgrade-gate.js";
import { nextFrames, watchShifts } from "./watch-shifts.js";

afterEach(cleanup);

interface Pair {
  readonly part: ReactNode;
  readonly plans: Catalog;
  readonly access: AccessState;
  /** What the page has been given. */
  readonly has?: { readonly plans?: Catalog; readonly initialAccess?: AccessState };
}

const footer = () => screen.getByText("What stands below").getBoundingClientRect().top;

/** From skeleton to content, with something below: how much moved, and where the footer went. */
async function load({ part, plans, access, has = {} }: Pair, width: number) {
  await page.viewport(width, 2400);
  const fetch = createTestFetch({ plans, access, delay: 120 });
  const stop = watchShifts();
  render(
    <div style={{ padding: 24, fontFamily: "sans-serif" }}>
      <BillingProvider fetch={fetch} {...has}>
        {part}
      </BillingProvider>
      <footer>What stands below</footer>
    </div>,
  );
  await nextFrames();
  const before = footer();
  await waitFor(() => expect(document.querySelector("[data-tollgate] [data-tollgate-skeleton]")).toBeNull());
  await waitFor(() => expect(document.querySelector("[data-tollgate] [data-blank]")).toBeNull());
  await nextFrames();
  return { moved: footer() - before, shifts: await stop() };
}

const still = { moved: 0, shifts: 0 };
const widths = [375, 1280];
const customers: readonly (readonly [string, AccessState])[] = [
  ["who is on the free plan", accessFor(demoPlans)],
  ["who used the trial", { ...accessFor(demoPlans), trialUsed: true }],
  ["who has Pro", accessFor(demoPlans, { planId: "pro" })],
  ["who has Team", accessFor(demoPlans, { planId: "team" })],
];

describe.each(widths)("at %i px", (width) => {
  describe.each(["cards", "matrix"] as const)("the pricing table as %s", (layout) => {
    it.each(customers)("is laid out before anything is known, for %s", async (_, access) => {
      const part = <PricingTable layout={layout} expects={demoPlans} />;
      expect(await load({ part, plans: demoPlans, access }, width)).toEqual(still);
    });

    it.each(customers)("is laid out before it is known who asks, for %s", async (_, access) => {
      const part = <PricingTable layout={layout} />;
      expect(await load({ part, plans: demoPlans, access, has: { plans: demoPlans } }, width)).toEqual(still);
    });

    it("has the size of what it expects by default: three plans with five features", async () => {
      const names = ["a", "b", "c", "d", "e"] as const;
      const features = Object.fromEntries(
        names.map((id) => [id, { type: "switch", name: "Roles" } as const]),
      );
      const includes = Object.fromEntries(names.map((id) => [id, true]));
      const plan = (name: string) => ({
        name,
        description: "For a small team",
        prices: { month: { usd: 1900 }, year: { usd: 19000 } },
        includes,
      });
      const plans = definePlans({ features, plans: { s: plan("Solo"), m: plan("Team"), l: plan("Firm") } });
      const part = <PricingTable layout={layout} />;
      expect(await load({ part, plans, access: accessFor(plans) }, width)).toEqual(still);
    });
  });

  it.each(["export", "history", "sso"] as const)("the gate of %s keeps its room", async (feature) => {
    const part = <UpgradeGate feature={feature}>Inside</UpgradeGate>;
    const pair = { part, plans: storyPlans, access: accessFor(storyPlans), has: { plans: storyPlans } };
    expect(await load(pair, width)).toEqual(still);
  });
});
