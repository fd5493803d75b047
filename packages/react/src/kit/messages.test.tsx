import type { ReactElement } from "react";
import { renderToString } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BillingPortalButton } from "../billing-portal-button/billing-portal-button.js";
import { PaymentForm } from "../payment-form/payment-form.js";
import { PricingTable } from "../pricing-table/pricing-table.js";
import { storyPlans } from "../stories/story-plans.js";
import { UpgradeGate } from "../upgrade-gate/upgrade-gate.js";
import { BillingProvider } from "./billing-provider.js";
import type { BillingMessagesInput } from "./components.js";

const own: BillingMessagesInput = {
  upgradeGate: { signedOut: "Wer bist du?" },
  billingPortalButton: { label: "Abrechnung" },
  pricingTable: { region: "Preise" },
  paymentForm: { loading: "Einen Moment" },
};
const payment = {
  stripe: null,
  clientSecret: "pi_1_secret_2",
  summary: { lines: [], currency: "usd", dueNow: 2900 },
};

const render = (element: ReactElement) =>
  renderToString(
    <BillingProvider plans={storyPlans} customerId={null} messages={own}>
      {element}
    </BillingProvider>,
  );

describe("the words of a component", () => {
  it.each<[string, () => ReactElement, string, string]>([
    ["UpgradeGate", () => <UpgradeGate feature="export" />, "Wer bist du?", "Pro includes it"],
    ["BillingPortalButton", () => <BillingPortalButton />, "Abrechnung", "Sign in to manage billing."],
    ["PricingTable", () => <PricingTable />, "Preise", "Billed monthly"],
    ["PaymentForm", () => <PaymentForm {...payment} />, "Einen Moment", "Due today"],
  ])("%s: the provider's own, and its English ones for the rest", (_name, create, ours, english) => {
    const html = render(create());
    expect(html).toContain(ours);
    expect(html).toContain(english);
  });

  it.each<[string, () => ReactElement, string, string]>([
    ["PricingTable", () => <PricingTable messages={{ region: "Tarifs" }} />, "Tarifs", "Preise"],
    [
      "PaymentForm",
      () => <PaymentForm {...payment} messages={{ loading: "Un instant" }} />,
      "Un instant",
      "Einen Moment",
    ],
  ])("%s: those of its own prop win over the provider's", (_name, create, wins, loses) => {
    const html = render(create());
    expect(html).toContain(wins);
    expect(html).not.toContain(loses);
  });
});
