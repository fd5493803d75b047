import type { ReactNode } from "react";
import { renderToString } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BillingProvider } from "../kit/billing-provider.js";
import { accessFor } from "../testing/access-for.js";
import { demoPlans } from "./demo-plans.js";
import { PricingCards } from "./pricing-cards.js";
import { PricingTable } from "./pricing-table.js";

const pageOf = (table: ReactNode) =>
  renderToString(
    <BillingProvider plans={demoPlans} initialAccess={accessFor(demoPlans)}>
      {table}
    </BillingProvider>,
  );

describe("PricingCards", () => {
  it("is PricingTable with cards, down to the last word", () => {
    const table = { defaultInterval: "year", headingLevel: 2, className: "mine", id: "plans" } as const;
    expect(pageOf(<PricingCards {...table} />)).toBe(pageOf(<PricingTable {...table} />));
  });

  it("leaves the comparison to PricingTable", () => {
    expect(pageOf(<PricingTable layout="matrix" />)).toContain("<table");
    expect(pageOf(<PricingCards />)).not.toContain("<table");
  });
});
