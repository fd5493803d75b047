import {
  type BillingProvider,
  type Catalog,
  plainModels,
  type SoldModel,
  soldModelsOf,
} from "@tollgate/core";
import { refuseOption as fail } from "../context/refuse-option.js";

/**
 * Checks that whoever sells can sell the whole catalog: what is shown must never be refused, or charged differently.
 *
 * @throws BillingError `invalid_options`
 */
export function checkForSale(catalog: Catalog, { id, checkout }: BillingProvider): void {
  const { plans, products, addOns = {} } = catalog;
  const models: readonly SoldModel[] = checkout.models ?? plainModels;
  const unknown = soldModelsOf(catalog).find(({ model }) => !models.includes(model));
  if (unknown !== undefined) {
    fail(
      "plans",
      `has the plan "${unknown.planId}" ${said[unknown.model]}, and the provider ${id} can't bill that`,
    );
  }
  const [trial] = Object.entries(plans).find(([, { trialDays = 0 }]) => trialDays > 0) ?? [];
  if (checkout.trials === "none" && trial !== undefined) {
    fail("plans", `has a trial of "${trial}", and the provider ${id} gives none`);
  }
  const [open] = Object.entries(plans).find(([, one]) => one.trialWithoutCard !== undefined) ?? [];
  if (checkout.trialsWithoutCard !== true && open !== undefined) {
    fail("plans", `has a trial of "${open}" without a card, and the provider ${id} asks for one`);
  }
  const [product] = Object.keys(products);
  if (!checkout.products && product !== undefined) {
    fail("plans", `has the product "${product}", and the provider ${id} sells nothing once`);
  }
  const [addOn] = Object.keys(addOns);
  if (checkout.addOns !== true && addOn !== undefined) {
    fail("plans", `has the add-on "${addOn}", and the provider ${id} adds nothing to a plan`);
  }
}

const said = {
  flat: "at a flat price",
  per_seat: "at a price per seat",
  base: "at a base price with seats",
  graduated: "in graduated tiers",
  volume: "in volume tiers",
  package: "in packages",
  usage: "with a price for use",
  intro: "with an intro",
  paid_trial: "with a trial that is paid for",
} as const satisfies Record<SoldModel, string>;
