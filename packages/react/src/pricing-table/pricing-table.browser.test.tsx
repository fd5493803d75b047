import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { type Catalog, decideOutage, withDeparted } from "@tollgate/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../styles.css";
import { BillingProvider, type BillingProviderProps } from "../kit/billing-provider.js";
import { accessFor, createTestFetch } from "../testing/index.js";
import { demoPlans, mixedPlans } from "./demo-plans.js";
import { PricingTable, type PricingTableProps } from "./pricing-table.js";

const ada = accessFor(demoPlans, { customerId: "ada" });
const grace = accessFor(demoPlans, { customerId: "grace" });

/** What a server without its store says about somebody it has not seen before. */
const degraded = decideOutage({
  catalog: demoPlans,
  policies: { default: "closed", features: {} },
  customer: { id: "ada", canManage: true },
  lastKnown: null,
  now: new Date("2026-11-21T12:00:00.000Z"),
});

/** For somebody on a plan that has left the catalog: the server knows what it granted, or nothing about it. */
const legacy = { planId: "legacy", name: "Legacy", group: "main", includes: { projects: 5, messages: 500 } };
const onLegacy = accessFor(withDeparted(demoPlans, [legacy]), { customerId: "ada", planId: "legacy" });
const onUnknown = accessFor<Catalog>(demoPlans, { customerId: "ada", planId: "legacy" });

afterEach(cleanup);

function setUp(table: PricingTableProps = {}, provider: Partial<BillingProviderProps> = {}) {
  const fetch = createTestFetch({ plans: demoPlans, access: ada });
  // As a browser does: whoever has been sent away never comes back to this page.
  const onNavigate = vi.fn((_url: string) => new Promise<void>(() => {}));
  const scene = (changes: Partial<BillingProviderProps> = {}, width = 1200) => (
    <div style={{ inlineSize: width, fontFamily: "sans-serif" }}>
      <BillingProvider
        plans={demoPlans}
        initialAccess={ada}
        fetch={fetch}
        onNavigate={onNavigate}
        {...provider}
        {...changes}
      >
        <PricingTable {...table} />
      </BillingProvider>
    </div>
  );
  const view = render(scene());
  const requests = (route: string) => fetch.requests.filter((request) => request.route === route);
  return {
    fetch,
    onNavigate,
    requests,
    show: (...args: Parameters<typeof scene>) => view.rerender(scene(...args)),
  };
}

const card = (name: string) => within(screen.getByRole("article", { name }));
const button = (plan: string) => card(plan).getByRole("button", { name: new RegExp(`${plan}$`) });

describe("while the server's store is out of reach", () => {
  it("sells nothing to anyone who may have a plan, and offers to try again", async () => {
    const { fetch } = setUp({}, { initialAccess: degraded });
    expect(card("Pro").queryByRole("button")).toBeNull();
    expect(card("Team").queryByRole("button", { name: /Team/ })).toBeNull();
    fetch.set({ access: { ...ada, decidedAt: "2026-11-21T12:01:00.000Z" } });
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(button("Pro")).toBeTruthy());
  });
});

describe("choosing a plan", () => {
  it("opens exactly one checkout on a double click, with what was chosen and nothing else", async () => {
    const { requests, onNavigate } = setUp({ defaultInterval: "year" });
    await userEvent.dblClick(button("Pro"));
    await waitFor(() => expect(onNavigate).toHaveBeenCalledTimes(1));
    expect(requests("checkout").map(({ body }) => body)).toEqual([
      { planId: "pro", interval: "year", currency: "usd", returnUrl: expect.any(String) },
    ]);
  });

  it("sends the seats that were typed", async () => {
    const { requests, onNavigate } = setUp({ defaultCurrency: "eur", returnUrl: "/welcome" });
    await userEvent.fill(card("Team").getByRole("spinbutton"), "12");
    await userEvent.click(button("Team"));
    await waitFor(() => expect(onNavigate).toHaveBeenCalled());
    expect(requests("checkout")[0]?.body).toEqual({
      planId: "team",
      interval: "month",
      currency: "eur",
      quantity: 12,
      returnUrl: "/welcome",
    });
  });

  it("goes to the portal for anyone who already subscribes", async () => {
    const initialAccess = accessFor(mixedPlans, { planId: "starter" });
    const { fetch, requests, onNavigate } = setUp({}, { plans: mixedPlans, initialAccess });
    fetch.set({ access: initialAccess });
    await userEvent.click(button("Pro"));
    await waitFor(() => expect(onNavigate).toHaveBeenCalled());
    expect(requests("portal")[0]?.body).toMatchObject({ flow: "switch_plan" });
    expect(requests("checkout")).toEqual([]);
  });

  it("leads nowhere from a plan that can't be switched to the other one, and says why", async () => {
    const initialAccess = accessFor(demoPlans, { planId: "pro" });
    const { fetch, onNavigate } = setUp({}, { initialAccess });
    const team = card("Team").getByRole("button", { name: "No direct switch Team" });
    expect(team.getAttribute("aria-disabled")).toBe("true");
    const why = document.getElementById(team.getAttribute("aria-describedby") ?? "");
    expect(why?.textContent).toMatch(/^Pro can't be switched to Team directly/);
    await userEvent.click(team, { force: true });
    expect([fetch.requests, onNavigate.mock.calls]).toEqual([[], []]);
  });

  it("goes to the portal when a subscription was bought in another tab in the meantime", async () => {
    const initialAccess = { ...ada, hasBillingAccount: true };
    const { fetch, requests, onNavigate } = setUp({}, { initialAccess });
    fetch.set({
      failing: { checkout: "already_subscribed" },
      access: accessFor(demoPlans, { planId: "pro" }),
    });
    await userEvent.click(button("Pro"));
    await waitFor(() => expect(onNavigate).toHaveBeenCalledTimes(1));
    expect(requests("portal").map(({ body }) => body)).toEqual([
      { flow: "switch_plan", returnUrl: expect.any(String) },
    ]);
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("hands the choice to onSelect instead, when there is one", async () => {
    const onSelect = vi.fn();
    const { fetch } = setUp({ onSelect });
    await userEvent.click(button("Pro"));
    expect(onSelect).toHaveBeenCalledExactlyOnceWith({
      planId: "pro",
      interval: "month",
      currency: "usd",
      quantity: 1,
      offer: { kind: "checkout", trialDays: 14 },
    });
    expect(fetch.requests).toEqual([]);
  });

  it("does nothing on the current plan", async () => {
    const { fetch } = setUp();
    await userEvent.click(button("Free"), { force: true });
    expect(fetch.requests).toEqual([]);
  });
});

describe("for anyone on a plan that has left the catalog", () => {
  it.each([
    ["and is remembered", onLegacy],
    ["and that nobody knows", onUnknown],
  ])(
    "%s, offers all others as a change in the portal, and sells none a second time",
    async (_name, access) => {
      const { fetch, requests, onNavigate } = setUp({}, { initialAccess: access });
      fetch.set({ access });
      expect(screen.getAllByRole("article")).toHaveLength(4);
      expect(screen.queryByText(/current plan|legacy/i)).toBeNull();
      expect(button("Free").textContent).toMatch(/^Switch to Free/);
      expect(button("Pro").textContent).toMatch(/^Upgrade/);
      expect(button("Team").textContent).toMatch(/^No direct switch/);

      await userEvent.click(button("Pro"));
      await waitFor(() => expect(onNavigate).toHaveBeenCalledTimes(1));
      expect(requests("portal").map(({ body }) => body)).toEqual([
        { flow: "switch_plan", returnUrl: expect.any(String) },
      ]);
      expect(requests("checkout")).toEqual([]);
    },
  );
});

describe("the interval switch", () => {
  it("is a radio group that arrows move, and tells the app", async () => {
    const onIntervalChange = vi.fn();
    setUp({ onIntervalChange });
    await userEvent.tab();
    expect(document.activeElement).toBe(screen.getByRole("radio", { name: "Monthly" }));
    await userEvent.keyboard("{ArrowRight}");
    expect(onIntervalChange).toHaveBeenCalledExactlyOnceWith("year");
    expect(card("Pro").getByText("$290")).toBeTruthy();
    await userEvent.tab();
    expect(document.activeElement).toBe(screen.getByRole("combobox", { name: "Currency" }));
  });

  it("stays where the app holds it", async () => {
    setUp({ interval: "month", onIntervalChange: () => undefined });
    await userEvent.click(screen.getByRole("radio", { name: /Yearly/ }));
    expect(card("Pro").getByText("$29")).toBeTruthy();
  });
});

it("shows nothing of the previous person as soon as another one is signed in", async () => {
  const { fetch, show } = setUp();
  fetch.set({ failing: { checkout: "provider_unavailable" } });
  await userEvent.click(card("Team").getByRole("button", { name: "One seat more" }));
  await userEvent.click(button("Pro"));
  await screen.findByRole("alert");
  show({ initialAccess: grace });
  expect(screen.queryByRole("alert")).toBeNull();
  expect((card("Team").getByRole("spinbutton") as HTMLInputElement).value).toBe("3");
});

describe("the layout", () => {
  const tops = (selector: string) => {
    const nodes = [...document.querySelectorAll(`[data-tollgate-part="card"] ${selector}`)];
    return new Set(nodes.map((node) => Math.round(node.getBoundingClientRect().top)));
  };

  it("lines up names, prices, buttons and first features, whatever the texts' length", async () => {
    await page.viewport(1300, 900);
    setUp();
    for (const part of [
      "h3",
      '[data-tollgate-part="price-tag"]',
      "[data-tollgate-button]",
      "li:first-child",
    ]) {
      expect(tops(part).size, part).toBe(1);
    }
  });

  it.each([
    [1100, 4],
    [1099, 2],
    [640, 2],
    [639, 1],
    [320, 1],
  ])("at %i px of its own width, puts %i cards in a row and never overflows", async (width, perRow) => {
    await page.viewport(1300, 900);
    const { show } = setUp();
    show({}, width);
    const cards = [...document.querySelectorAll<HTMLElement>('[data-tollgate-part="card"]')];
    const first = cards[0]?.getBoundingClientRect().top;
    expect(cards.filter((one) => one.getBoundingClientRect().top === first)).toHaveLength(perRow);
    const table = document.querySelector<HTMLElement>('[data-tollgate="pricing-table"]');
    expect(table?.scrollWidth).toBeLessThanOrEqual(width);
  });
});
