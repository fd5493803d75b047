import { cleanup, render, screen } from "@testing-library/react";
import { type Catalog, describeForSale, withPrivatePlans } from "@tollgate/core";
import { afterEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { BillingProvider, type BillingProviderProps } from "../kit/billing-provider.js";
import { demoPlans, modelPlans } from "../pricing-table/demo-plans.js";
import { PricingTable } from "../pricing-table/pricing-table.js";
import { accessFor, createTestFetch } from "../testing/index.js";

afterEach(cleanup);

const serverPlans = withPrivatePlans(demoPlans, {
  acme: { name: "Acme", prices: { month: { usd: 9_900 } }, includes: {} },
});

function show(named: readonly string[]) {
  const access = accessFor(serverPlans, { plans: named });
  const fetch = createTestFetch({ plans: serverPlans, access });
  render(
    <BillingProvider plans={demoPlans} initialAccess={access} fetch={fetch}>
      <PricingTable />
    </BillingProvider>,
  );
  return fetch;
}

it("shows a person the plan that is theirs alone, which the page's catalog does not have", async () => {
  const fetch = show(["acme"]);
  // The others are there meanwhile.
  expect(screen.getByRole("article", { name: "Team" })).toBeTruthy();
  expect(await screen.findByRole("article", { name: "Acme" })).toBeTruthy();
  expect(fetch.requests.map(({ route }) => route)).toContain("plans");
});

it("asks nobody where the page's catalog has everything that is offered", async () => {
  const fetch = show([]);
  expect(screen.getByRole("article", { name: "Team" })).toBeTruthy();
  expect(screen.queryByRole("article", { name: "Acme" })).toBeNull();
  expect(fetch.requests.map(({ route }) => route)).not.toContain("plans");
});

describe("prices that a page can't describe by itself", () => {
  function open(plans: Catalog, props: Partial<BillingProviderProps> = {}) {
    const access = accessFor(plans);
    const fetch = createTestFetch({ plans, access });
    render(
      <BillingProvider plans={plans} initialAccess={access} fetch={fetch} {...props}>
        <PricingTable />
      </BillingProvider>,
    );
    return () => fetch.requests.filter(({ route }) => route === "plans").length;
  }

  it("come from the server, and nothing is said of them before", async () => {
    const asked = open(modelPlans);
    expect(screen.queryByRole("article", { name: "Base" })).toBeNull();
    expect(document.querySelectorAll("[data-blank] article")).toHaveLength(5);
    expect(await screen.findByRole("article", { name: "Base" })).toBeTruthy();
    expect(asked()).toBe(1);
  });

  it("are there at once with what the server described before, and are asked for in another currency", async () => {
    const { base } = modelPlans.plans;
    const seats = { base: { usd: 4900, eur: 4500 }, perSeat: { usd: 900, eur: 800 }, included: 5 };
    const plans = { ...modelPlans, plans: { base: { ...base, prices: { month: seats } } } };
    const asked = open(plans, { initialPlans: describeForSale(plans) });
    expect(screen.getByRole("article", { name: "Base" })).toBeTruthy();
    expect(asked()).toBe(0);
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Currency" }), "eur");
    expect(await screen.findByText("€45")).toBeTruthy();
    expect(asked()).toBe(1);
  });
});
