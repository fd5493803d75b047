import { cleanup, render, screen } from "@testing-library/react";
import { withPrivatePlans } from "@tollgate/core";
import { afterEach, expect, it } from "vitest";
import { BillingProvider } from "../kit/billing-provider.js";
import { demoPlans } from "../pricing-table/demo-plans.js";
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
