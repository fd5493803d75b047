import type Stripe from "stripe";
import { checkAmount } from "../money/currency.js";
import { isDecimal, roundHalfUp, shortest, toScaled, wholeOrNull } from "../money/decimal.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { CurrencyOption, Given, PriceTier } from "../world/wire.js";

/** What a request says about one currency of a price. */
export type GivenRate = Given<Stripe.PriceCreateParams.CurrencyOptions>;
type GivenTier = Given<Stripe.PriceCreateParams.Tier>;
type Amount = { whole: number | null; decimal: string | null };

/** Where in the request the rate is: `name("tiers")` may be `currency_options[eur][tiers]`. */
type Place = { currency: string; name: (key: string) => string };

const exclusive = (one: string, other: string, param: string) =>
  invalidRequest(`You may only specify one of these parameters: ${one}, ${other}.`, undefined, param);

const amountOf = (whole: number | undefined, text: string | undefined, key: string, place: Place): Amount => {
  if (whole !== undefined && text !== undefined) throw exclusive(key, `${key}_decimal`, place.name(key));
  if (text !== undefined && (!isDecimal(text) || text.startsWith("-")))
    throw invalidRequest(
      `Invalid decimal: ${text}`,
      "parameter_invalid_decimal",
      place.name(`${key}_decimal`),
    );
  const given = text ?? whole;
  if (given === undefined) return { whole: null, decimal: null };
  if (whole !== undefined && whole < 0)
    throw invalidRequest("Invalid non-negative integer", "parameter_invalid_integer", place.name(key));
  checkAmount(
    roundHalfUp(toScaled(given)),
    place.currency,
    place.name(text === undefined ? key : `${key}_decimal`),
  );
  return { whole: wholeOrNull(String(given)), decimal: shortest(given) };
};

const tierOf = (tier: GivenTier, place: Place): PriceTier => {
  const unit = amountOf(tier.unit_amount, tier.unit_amount_decimal, "unit_amount", place);
  const flat = amountOf(tier.flat_amount, tier.flat_amount_decimal, "flat_amount", place);
  if (unit.decimal === null && flat.decimal === null)
    throw invalidRequest(
      "Each tier must have at least one of `unit_amount`, `unit_amount_decimal`, `flat_amount` or `flat_amount_decimal`.",
      undefined,
      place.name("unit_amount"),
    );
  return {
    flat_amount: flat.whole,
    flat_amount_decimal: flat.decimal,
    unit_amount: unit.whole,
    unit_amount_decimal: unit.decimal,
    up_to: tier.up_to === "inf" ? null : tier.up_to,
  };
};

/** Tiers that go up and end with an unbounded one. */
const readTiers = (tiers: GivenTier[], { currency, name }: Place): PriceTier[] => {
  const read = tiers.map((tier, index) =>
    tierOf(tier, { currency, name: (key) => `${name("tiers")}[${index}][${key}]` }),
  );
  read.forEach((tier, index) => {
    const param = `${name("tiers")}[${index}][up_to]`;
    const below = index === 0 ? 0 : (read[index - 1]?.up_to ?? 0);
    const last = index === read.length - 1;
    if (last && tier.up_to !== null)
      throw invalidRequest("The last tier must have `up_to` set to `inf`.", undefined, param);
    if (!last && (tier.up_to === null || tier.up_to <= below))
      throw invalidRequest(
        "Tiers must be in ascending order of `up_to`, and only the last one may be `inf`.",
        undefined,
        param,
      );
  });
  return read;
};

const customOf = (custom: GivenRate["custom_unit_amount"], { currency, name }: Place) => {
  if (!custom) return null;
  const { enabled, minimum = null, maximum = null, preset = null } = custom;
  const param = name("custom_unit_amount");
  if (!enabled)
    throw invalidRequest("`custom_unit_amount[enabled]` must be true.", undefined, `${param}[enabled]`);
  for (const amount of [minimum, maximum, preset]) if (amount !== null) checkAmount(amount, currency, param);
  const outside = preset !== null && (preset < (minimum ?? 0) || preset > (maximum ?? preset));
  if (outside || (minimum ?? 0) > (maximum ?? Infinity))
    throw invalidRequest(
      "The `preset` must lie between the `minimum` and the `maximum`.",
      undefined,
      `${param}[preset]`,
    );
  return { maximum, minimum, preset };
};

/** Reads and checks what one currency of a price costs. */
export const readRate = (given: GivenRate, tiered: boolean, place: Place): CurrencyOption => {
  const unit = amountOf(given.unit_amount, given.unit_amount_decimal, "unit_amount", place);
  const custom = customOf(given.custom_unit_amount, place);
  if (tiered && unit.decimal !== null)
    throw invalidRequest(
      "`unit_amount` and `unit_amount_decimal` can't be set when `billing_scheme` is `tiered`.",
      undefined,
      place.name("unit_amount"),
    );
  if (custom && unit.decimal !== null)
    throw exclusive("custom_unit_amount", "unit_amount", place.name("custom_unit_amount"));
  if (tiered && !given.tiers)
    throw invalidRequest(
      "`tiers` must be set when `billing_scheme` is `tiered`.",
      "parameter_missing",
      place.name("tiers"),
    );
  if (!tiered && given.tiers)
    throw invalidRequest(
      "`tiers` can't be set unless `billing_scheme` is `tiered`.",
      undefined,
      place.name("tiers"),
    );
  if (!tiered && !custom && unit.decimal === null)
    throw invalidRequest("Prices require an `unit_amount` or `unit_amount_decimal` parameter to be set.");
  return {
    custom_unit_amount: custom,
    tax_behavior: given.tax_behavior ?? "unspecified",
    ...(given.tiers ? { tiers: readTiers(given.tiers, place) } : {}),
    unit_amount: unit.whole,
    unit_amount_decimal: unit.decimal,
  };
};
