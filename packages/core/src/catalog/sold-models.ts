import type { Catalog, PlanDefinition } from "./catalog.js";
import { isPackaged, isPerSeat, isTiered, type PriceDefinition } from "./price-definition.js";
import { intervalsOf } from "./prices.js";

/**
 * A way of pricing that a provider has to know. `base`: per seat, with an amount on top or seats that cost nothing more;
 * `graduated` and `volume`: in tiers; `package`: per so many units; `usage`: for what was used, when the interval is over;
 * `intro`: less for the first payments; `paid_trial`: something for a trial, at once.
 */
export type SoldModel =
  | "flat"
  | "per_seat"
  | "base"
  | "graduated"
  | "volume"
  | "package"
  | "usage"
  | "intro"
  | "paid_trial";

/** What a provider sells by that says nothing of it. */
export const plainModels = ["flat", "per_seat"] as const satisfies readonly SoldModel[];

/**
 * How each plan that is for sale is priced, each way once per plan: what whoever sells it has to know.
 *
 * @example
 * soldModelsOf(plans); // [{ planId: "pro", model: "flat" }, { planId: "team", model: "per_seat" }]
 */
export function soldModelsOf(
  catalog: Catalog,
): readonly { readonly planId: string; readonly model: SoldModel }[] {
  const plans = Object.entries(catalog.plans).filter(([, { retired }]) => retired !== true);
  return plans.flatMap(([planId, plan]) => [...new Set(modelsOf(plan))].map((model) => ({ planId, model })));
}

function modelsOf(plan: PlanDefinition): readonly SoldModel[] {
  const prices = intervalsOf(plan).flatMap((interval) => {
    const price = plan.prices?.[interval];
    return price === undefined ? [] : [price];
  });
  const usage = Object.values(plan.usage ?? {}).some((price) => price !== undefined);
  const intro = Object.values(plan.intro ?? {}).some((one) => one !== undefined);
  return [
    ...prices.map(modelOf),
    ...(usage ? ["usage" as const] : []),
    ...(intro ? ["intro" as const] : []),
    ...(plan.trialPrice === undefined ? [] : ["paid_trial" as const]),
  ];
}

function modelOf(price: PriceDefinition): SoldModel {
  if (isTiered(price)) return price.mode;
  if (isPackaged(price)) return "package";
  if (!isPerSeat(price)) return "flat";
  return price.base === undefined && (price.included ?? 0) === 0 ? "per_seat" : "base";
}
