import { need } from "../world/find.js";
import type { TaxRate } from "../world/wire.js";
import type { World } from "../world/world.js";

/** The tax rates that a request names, as objects hold them. */
export const needTaxRates = (
  world: World,
  ids: readonly string[] | null | undefined,
  param: string,
): TaxRate[] =>
  (ids ?? []).map((id, index) => structuredClone(need(world.taxRates, "tax rate", id, `${param}[${index}]`)));
