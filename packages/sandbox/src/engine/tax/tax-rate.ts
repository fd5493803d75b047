import type Stripe from "stripe";
import { type Context, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { needAt } from "../world/find.js";
import { mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Given, TaxRate } from "../world/wire.js";
import type { World } from "../world/world.js";

export type NewTaxRate = Omit<Given<Stripe.TaxRateCreateParams>, "expand">;
export type TaxRateFields = Omit<Given<Stripe.TaxRateUpdateParams>, "expand">;

const checkPlace = (country: string | undefined): void => {
  if (country && !/^[A-Za-z]{2}$/.test(country))
    throw invalidRequest(
      `Country '${country}' is unknown. Try using a 2-character alphanumeric country code instead.`,
      undefined,
      "country",
    );
};

/** Creates a tax rate of a fixed percentage. */
export const createTaxRate = (world: World, ctx: Context, fields: NewTaxRate): TaxRate => {
  checkPlace(fields.country);
  if (fields.percentage < 0 || fields.percentage > 100)
    throw invalidRequest("Invalid percentage: must be between 0 and 100.", undefined, "percentage");
  const rate: TaxRate = {
    id: ctx.ids.id("txr"),
    object: "tax_rate",
    active: fields.active ?? true,
    country: fields.country?.toUpperCase() || null,
    created: seconds(ctx),
    description: fields.description || null,
    display_name: fields.display_name,
    effective_percentage: fields.percentage,
    flat_amount: null,
    inclusive: fields.inclusive,
    jurisdiction: fields.jurisdiction || null,
    jurisdiction_level: null,
    livemode: false,
    metadata: mergeMetadata({}, fields.metadata),
    percentage: fields.percentage,
    rate_type: "percentage",
    state: fields.state || null,
    tax_type: fields.tax_type ?? null,
  };
  world.taxRates[rate.id] = rate;
  emit(world, ctx, "tax_rate.created", rate);
  return rate;
};

/** Changes what may change in a tax rate; its percentage never does. */
export const updateTaxRate = (world: World, ctx: Context, id: string, fields: TaxRateFields): TaxRate => {
  const rate = needAt(world.taxRates, "tax rate", id, "tax_rate");
  checkPlace(fields.country);
  return change(world, ctx, "tax_rate.updated", rate, (draft) => {
    if (fields.active !== undefined) draft.active = fields.active;
    if (fields.country !== undefined) draft.country = fields.country.toUpperCase() || null;
    if (fields.description !== undefined) draft.description = fields.description || null;
    if (fields.display_name) draft.display_name = fields.display_name;
    if (fields.jurisdiction !== undefined) draft.jurisdiction = fields.jurisdiction || null;
    if (fields.state !== undefined) draft.state = fields.state || null;
    if (fields.tax_type !== undefined) draft.tax_type = fields.tax_type;
    draft.metadata = mergeMetadata(draft.metadata ?? {}, fields.metadata);
  });
};
