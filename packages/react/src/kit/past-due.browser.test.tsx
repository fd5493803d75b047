import { cleanup, render, screen, within } from "@testing-library/react";
import type { AccessState } from "@tollgate/core";
import { afterEach, describe, expect, it } from "vitest";
import { BillingPortalButton, BillingProvider, PricingTable, UpgradeGate } from "../index.js";
import { storyPlans } from "../stories/story-plans.js";
import { accessFor, createTestFetch } from "../testing/index.js";
import "../styles.css";

afterEach(cleanup);

const pastDue = { status: "unpaid", trialEndsAt: null } as const;
const owner = accessFor(storyPlans, { planId: "pro", subscription: pastDue });
const member = accessFor(storyPlans, { planId: "pro", subscription: pastDue, canManage: false });

function open(access: AccessState) {
  const fetch = createTestFetch({ plans: storyPlans, access });
  const page = (initialAccess: AccessState) => (
    <BillingProvider plans={storyPlans} initialAccess={initialAccess} fetch={fetch}>
      <UpgradeGate feature="export">Exported.</UpgradeGate>
      <BillingPortalButton whenUnavailable="hide">Pay now</BillingPortalButton>
      <PricingTable />
    </BillingProvider>
  );
  const { rerender } = render(page(access));
  return { fetch, show: (next: AccessState) => rerender(page(next)) };
}

const gate = () => document.querySelector<HTMLElement>("[data-tollgate='upgrade-gate']") as HTMLElement;
const ownPlan = () => within(screen.getByRole("article", { name: "Pro" }));
/** What can be pressed to change or pay something; what is sold by hand is a link. */
const ways = () =>
  [...document.querySelectorAll("[data-tollgate-button]:not(a)")]
    .filter((one) => one.getAttribute("aria-disabled") !== "true")
    .map((one) => one.textContent);

describe("a payment that failed", () => {
  it("is mended by those who manage billing", () => {
    open(owner);
    expect(within(gate()).getByRole("button", { name: /Update payment method/ })).toBeTruthy();
    expect(screen.getByRole("button", { name: /Pay now/ })).toBeTruthy();
    expect(ownPlan().getByText(/Update your payment method to keep this plan/)).toBeTruthy();
  });

  it("sends a member to somebody who does, without an amount or anything to press", () => {
    open(member);
    expect(gate().textContent).toMatch(/Ask someone who manages billing/);
    expect(gate().textContent).not.toMatch(/[$€\d]/);
    expect(ownPlan().getByText("The last payment failed. Ask someone who manages billing.")).toBeTruthy();
    expect(ways()).toEqual([]);
  });

  it("is said in place of the dates that hold if all is well", () => {
    const cancelAt = "2026-12-20T00:00:00.000Z";
    const trialEndsAt = "2026-12-20T00:00:00.000Z";
    for (const canManage of [true, false]) {
      const subscription = { ...pastDue, cancelAt, trialEndsAt };
      open(accessFor(storyPlans, { planId: "pro", subscription, canManage }));
      expect(ownPlan().getByText(/The last payment failed/)).toBeTruthy();
      expect(screen.getByRole("article", { name: "Pro" }).textContent).not.toContain("December");
      cleanup();
    }
  });

  it("is no longer the former owner's to pay, as soon as somebody else is", () => {
    const { show } = open(owner);
    expect(ways().length).toBeGreaterThan(0);
    show(member);
    expect(ways()).toEqual([]);
    expect(screen.queryByText(/Pay now|Update payment method/)).toBeNull();
  });
});
