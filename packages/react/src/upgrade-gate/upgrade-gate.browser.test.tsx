import "../styles.css";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { type Catalog, decideOutage, withDeparted } from "@tollgate/core";
import { createRef, type ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { BillingProvider, type BillingProviderProps } from "../kit/billing-provider.js";
import { storyPlans } from "../stories/story-plans.js";
import { accessFor } from "../testing/access-for.js";
import { createTestFetch, type TestFetchOptions } from "../testing/create-test-fetch.js";
import { UpgradeGate } from "./upgrade-gate.js";

afterEach(cleanup);

function setUp(
  children: ReactNode,
  props: BillingProviderProps = {},
  server: Partial<TestFetchOptions> = {},
) {
  const fetch = createTestFetch({ plans: storyPlans, ...server });
  // As a browser does: whoever has been sent away never comes back to this page.
  const onNavigate = vi.fn((_url: string) => new Promise<void>(() => {}));
  const page = (inside: ReactNode) => (
    <BillingProvider plans={storyPlans} fetch={fetch} onNavigate={onNavigate} {...props}>
      {inside}
    </BillingProvider>
  );
  const { rerender } = render(page(children));
  return { fetch, onNavigate, show: (inside: ReactNode) => rerender(page(inside)) };
}

/** For somebody on a plan that has left the catalog. */
const legacy = { planId: "legacy", name: "Legacy", group: "main", includes: { projects: 5, history: true } };
const onLegacy = accessFor(withDeparted(storyPlans, [legacy]), { planId: "legacy" });
const onUnknown = accessFor<Catalog>(storyPlans, { planId: "legacy" });

const gate = () => document.querySelector("[data-tollgate='upgrade-gate']");
const free = accessFor(storyPlans);

/** What a server without its store says about somebody it has not seen before. */
const degraded = decideOutage({
  catalog: storyPlans,
  policies: { default: "closed", features: {} },
  customer: { id: "org_1", canManage: true },
  lastKnown: null,
  now: new Date("2026-11-21T12:00:00.000Z"),
});

describe("UpgradeGate", () => {
  it("stays closed without selling anything while the server's store is out of reach", async () => {
    const { fetch } = setUp(<UpgradeGate feature="export">Export</UpgradeGate>, { initialAccess: degraded });
    expect(gate()?.getAttribute("data-state")).toBe("failed");
    expect(screen.queryByRole("button", { name: /upgrade/i })).toBeNull();
    fetch.set({ access: accessFor(storyPlans, { planId: "pro" }) });
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(gate()?.getAttribute("data-state")).toBe("allowed"));
  });

  it("forwards its ref and the user's props to the root, over its own", () => {
    const ref = createRef<HTMLDivElement>();
    setUp(<UpgradeGate feature="export" ref={ref} className="mine" id="gate" />, { initialAccess: free });
    expect(ref.current).toBe(gate());
    expect(gate()?.className).toBe("mine");
    expect(gate()?.id).toBe("gate");
  });

  it("is open for what a plan that has left the catalog still grants", () => {
    setUp(<UpgradeGate feature="history">History</UpgradeGate>, { initialAccess: onLegacy });
    expect(gate()?.getAttribute("data-state")).toBe("allowed");
    expect(gate()?.textContent).toBe("History");
  });

  it.each([
    ["is remembered", onLegacy],
    ["nobody knows", onUnknown],
  ])("has those whose plan left the catalog and %s switch in the portal, not buy", async (_name, access) => {
    const { fetch, onNavigate } = setUp(
      <UpgradeGate feature="export">Export</UpgradeGate>,
      { initialAccess: access },
      { access },
    );
    expect(gate()?.textContent).not.toMatch(/legacy|undefined|null/i);
    await userEvent.click(await screen.findByRole("button", { name: "Switch to Pro" }));
    await waitFor(() => expect(onNavigate).toHaveBeenCalledTimes(1));
    expect(fetch.requests.map(({ route }) => route)).not.toContain("checkout");
    expect(fetch.requests.find(({ route }) => route === "portal")?.body).toMatchObject({
      flow: "switch_plan",
    });
  });

  it("opens the checkout of the plan that has it, once, however often it is pressed", async () => {
    const { fetch, onNavigate } = setUp(
      <UpgradeGate feature="export" returnUrl="/reports" cancelUrl="/" />,
      { initialAccess: free },
      { delay: { checkout: 20 } },
    );
    const button = screen.getByRole("button", { name: "Upgrade to Pro" });
    button.click();
    button.click();
    await userEvent.dblClick(button);
    await waitFor(() => expect(onNavigate).toHaveBeenCalledWith("https://checkout.test/cs_test_1"));
    expect(fetch.requests.map(({ body }) => body)).toEqual([
      { planId: "pro", interval: "month", currency: "usd", returnUrl: "/reports", cancelUrl: "/" },
    ]);
  });

  it("works with the keyboard alone, and keeps the focus while it opens", async () => {
    const { onNavigate } = setUp(<UpgradeGate feature="export" />, { initialAccess: free });
    await userEvent.tab();
    expect(document.activeElement?.textContent).toContain("Upgrade to Pro");
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(onNavigate).toHaveBeenCalled());
    expect(document.activeElement?.textContent).toContain("Upgrade to Pro");
  });

  it("sends a subscriber to the portal, to its start where their plan can't become it", async () => {
    const initialAccess = accessFor(storyPlans, { planId: "pro" });
    const { fetch } = setUp(
      <UpgradeGate feature="history" returnUrl="/x" />,
      { initialAccess },
      { access: initialAccess },
    );
    await userEvent.click(screen.getByRole("button", { name: "Manage billing" }));
    expect(fetch.requests.map(({ path, body }) => [path, body])).toEqual([["/portal", { returnUrl: "/x" }]]);
  });

  it("follows the feature it is asked about", () => {
    const { show } = setUp(<UpgradeGate feature="export">inside</UpgradeGate>, {
      initialAccess: accessFor(storyPlans, { planId: "pro" }),
    });
    expect(gate()?.getAttribute("data-state")).toBe("allowed");
    show(<UpgradeGate feature="sso">inside</UpgradeGate>);
    expect(gate()?.getAttribute("data-state")).toBe("denied");
    expect(gate()?.textContent).not.toContain("inside");
  });

  it("counts what the app counts", () => {
    const { show } = setUp(<UpgradeGate feature="projects" used={2} />, { initialAccess: free });
    expect(gate()?.getAttribute("data-state")).toBe("allowed");
    show(<UpgradeGate feature="projects" used={3} />);
    expect(screen.getByText(/You have used 3 of 3/)).toBeTruthy();
  });

  it("keeps its space from loading to denied", async () => {
    setUp(<UpgradeGate feature="export" />, {}, { access: free, delay: { access: 50 } });
    const height = () => gate()?.getBoundingClientRect().height ?? 0;
    const loading = height();
    expect(gate()?.getAttribute("data-state")).toBe("loading");
    await waitFor(() => expect(gate()?.getAttribute("data-state")).toBe("denied"));
    expect(Math.abs(loading - height())).toBeLessThan(30);
  });

  it("stays closed when access is down, and opens after a retry", async () => {
    const server = {
      access: accessFor(storyPlans, { planId: "pro" }),
      failing: { access: "network" } as const,
    };
    const { fetch } = setUp(<UpgradeGate feature="export">inside</UpgradeGate>, {}, server);
    const retry = await screen.findByRole("button", { name: "Try again" });
    expect(gate()?.getAttribute("data-state")).toBe("failed");
    expect(gate()?.textContent).not.toContain("inside");
    fetch.set({ failing: {} });
    await userEvent.click(retry);
    await waitFor(() => expect(gate()?.textContent).toBe("inside"));
  });

  it.each([
    [
      "a control",
      <button key="in" type="button">
        Export
      </button>,
    ],
    ["text with a box", <p key="in">Exported.</p>],
    ["bare text", "Exported."],
  ])("keeps the focus inside when a retry opened it to %s", async (_, inside) => {
    const server = {
      access: accessFor(storyPlans, { planId: "pro" }),
      failing: { access: "network" } as const,
    };
    const { fetch } = setUp(<UpgradeGate feature="export">{inside}</UpgradeGate>, {}, server);
    const retry = await screen.findByRole("button", { name: "Try again" });
    fetch.set({ failing: {} });
    retry.focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(gate()?.getAttribute("data-state")).toBe("allowed"));
    expect(document.activeElement).not.toBe(document.body);
    expect(gate()?.contains(document.activeElement)).toBe(true);
  });

  it("sells in the currency that it names, whatever the provider prefers", async () => {
    const initialAccess = accessFor(storyPlans, {
      planId: "pro",
      subscription: { status: "incomplete", currency: "eur" },
    });
    const { fetch } = setUp(
      <UpgradeGate feature="history" />,
      { initialAccess, currency: "usd" },
      { access: initialAccess },
    );
    expect(gate()?.textContent).toContain("€18 per seat");
    await userEvent.click(screen.getByRole("button", { name: /trial/ }));
    expect(fetch.requests.find(({ route }) => route === "checkout")?.body).toMatchObject({ currency: "eur" });
  });

  it("sells nothing that has no price in the currency", () => {
    const { enterprise: _, ...plans } = storyPlans.plans;
    const inYen = { month: { jpy: 4200 }, year: { jpy: 42000 } };
    setUp(<UpgradeGate feature="export" />, {
      plans: { ...storyPlans, plans: { ...plans, pro: { ...plans.pro, prices: inYen } } },
      initialAccess: free,
      currency: "usd",
    });
    expect(gate()?.getAttribute("data-state")).toBe("denied");
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("is closed, not broken, for a feature that the server does not know yet", () => {
    setUp(<UpgradeGate feature="from_the_future">inside</UpgradeGate>, { initialAccess: free });
    expect(gate()?.getAttribute("data-state")).toBe("failed");
  });

  it("asks the server for plans only when it needs a name and a price", async () => {
    const fetch = createTestFetch({ plans: storyPlans });
    render(
      <BillingProvider initialAccess={free} fetch={fetch}>
        <UpgradeGate feature="export" />
      </BillingProvider>,
    );
    await screen.findByRole("button", { name: "Upgrade to Pro" });
    expect(fetch.requests.map(({ path }) => path)).toEqual(["/plans"]);
  });
});
