import { definePlans } from "@tollgate/core";
import { describe, expect, it } from "vitest";
import * as tollgate from "../index.js";
import { BillingProvider, PricingCards, PricingTable, UpgradeGate, useAccess } from "../index.js";
import { createBillingKit } from "./create-billing-kit.js";

const plans = definePlans({
  features: {
    export: { type: "switch", name: "CSV export" },
    projects: { type: "limit", name: "Projects" },
  },
  plans: {
    free: { name: "Free", includes: { projects: 3 } },
    pro: { name: "Pro", prices: { month: { usd: 2900 } }, includes: { export: true, projects: 50 } },
  },
});
const kit = createBillingKit<typeof plans>();

/** Never called: the compiler is the test. */
function Types() {
  const access = kit.useAccess();
  const checkout = kit.useCheckout();
  access.check("projects", { used: 3 });
  // @ts-expect-error no such feature
  access.check("teleport");
  void checkout.start({ planId: "pro", interval: "year", quantity: 2 });
  // @ts-expect-error no such plan
  void checkout.start({ planId: "gold" });
  // @ts-expect-error the browser decides no price
  void checkout.start({ planId: "pro", amount: 1 });
  // @ts-expect-error the catalog has no products
  void checkout.start({ productId: "credits" });
  // @ts-expect-error not known until it is ready
  access.state.planId;
  return (
    <kit.BillingProvider plans={plans}>
      <kit.UpgradeGate feature="export" fallback={({ reason }) => reason} />
      {/* @ts-expect-error no such feature */}
      <kit.UpgradeGate feature="teleport" />
      <kit.PricingTable
        onSelect={({ planId }) => {
          planId satisfies "free" | "pro";
          // @ts-expect-error not every plan is pro
          planId satisfies "pro";
        }}
      />
      <kit.PricingCards onSelect={({ planId }) => planId satisfies "free" | "pro"} />
      {/* @ts-expect-error it has one layout */}
      <kit.PricingCards layout="matrix" />
    </kit.BillingProvider>
  );
}

describe("createBillingKit", () => {
  it("hands out the very components and hooks of the package, narrowed by types alone", () => {
    expect(kit).toMatchObject({ BillingProvider, PricingTable, PricingCards, UpgradeGate, useAccess });
  });

  it("gives its types to the package's own components, which bundlers drop one by one", () => {
    type Kit = tollgate.BillingKit<typeof plans>;
    const BillingProvider: Kit["BillingProvider"] = tollgate.BillingProvider;
    const UpgradeGate: Kit["UpgradeGate"] = tollgate.UpgradeGate;
    const page = () => (
      <BillingProvider plans={plans}>
        <UpgradeGate feature="export" />
        {/* @ts-expect-error no such feature */}
        <UpgradeGate feature="teleport" />
      </BillingProvider>
    );
    expect(page).toBeTypeOf("function");
  });

  it("refuses names that the catalog does not have when it is compiled", () => {
    expect(Types).toBeTypeOf("function");
  });
});
