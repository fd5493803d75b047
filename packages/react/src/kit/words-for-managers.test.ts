import { expect, it } from "vitest";
import { englishMessages } from "./components.js";

/** Every text that is shown to somebody who may not manage billing. */
const said = [
  englishMessages.upgradeGate.askManager,
  englishMessages.billingPortalButton.unavailable.not_manager,
  englishMessages.pricingTable.managersOnly,
  englishMessages.buyButton.unavailable.not_manager,
  englishMessages.pricingTable.checkoutFailed("forbidden"),
];

it("calls those who may manage the same everywhere, whatever the app calls its roles", () => {
  for (const text of said) expect(text).toContain("someone who manages billing");
});
