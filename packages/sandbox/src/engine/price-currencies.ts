import { find } from "./find.js";
import type { CurrencyOption } from "./wire.js";
import type { Table, World } from "./world.js";

/** What a price costs in each currency, its own among them. */
export const currencyOptionsOf = (world: World, id: string): Table<CurrencyOption> => {
  const price = find(world.prices, id);
  if (!price) return {};
  const parts = find(world.hidden.priceParts, id);
  const own: CurrencyOption = {
    custom_unit_amount: price.custom_unit_amount,
    tax_behavior: price.tax_behavior,
    ...(parts?.tiers ? { tiers: parts.tiers } : {}),
    unit_amount: price.unit_amount,
    unit_amount_decimal: price.unit_amount_decimal,
  };
  return { ...parts?.currency_options, [price.currency]: own };
};
