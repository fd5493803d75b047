import type { Currency } from "../language/money.js";

/** As `Money`, and as an error's details can hold it. */
type CapAmount = { readonly amount: number; readonly currency: Currency };

/** What ends the use of a metered feature beyond what is included. */
export type FeatureCap = {
  /** How many may be used in a period because of it, those that are included too. */
  readonly limit: number;
  /** Whose it is: the plan's, your app's for this customer, or the customer's own. */
  readonly setBy: "plan" | "app" | "customer";
  /** Who can raise it: whoever manages billing for the customer, or you. */
  readonly raisedBy: "manager" | "app";
  /** How many beyond those that are included it allows; `null`: it is about money alone. */
  readonly count: number | null;
  /** What the use of a period may cost; `null`: it is about the number alone. */
  readonly money: CapAmount | null;
  /** What was used costs until now, before discounts and taxes; `null`: it is not billed. */
  readonly spent: CapAmount | null;
};
