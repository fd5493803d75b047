import { fromScaled, packagesOf, roundHalfUp, roundProduct, toScaled } from "../money/decimal.js";
import { find } from "../world/find.js";
import type { CurrencyOption, Price, PriceTier } from "../world/wire.js";
import type { Table, World } from "../world/world.js";

/** What one currency of a price costs; tiers are hidden unless a request expands them. */
export type Rate = { unit: string | null; tiers: PriceTier[] | null };

/** One part of a price's amount: so many units at a rate, or the flat fee of a tier. */
export type Piece = {
  /** Counted from 1; null for a price without tiers. */
  tier: number | null;
  kind: "flat" | "units";
  /** A decimal. */
  quantity: string;
  /** What a unit (or, for a flat fee, the tier) costs, as a decimal in the minor unit. */
  rate: string;
  /** In the minor unit, rounded half up. */
  amount: number;
};

const optionOf = (world: World, price: Price, currency: string): CurrencyOption | undefined =>
  find(find(world.hidden.priceParts, price.id)?.currency_options ?? {}, currency);

/** Whether a price can be paid in a currency. */
export const offersCurrency = (world: World, price: Price, currency: string): boolean =>
  price.currency === currency || optionOf(world, price, currency) !== undefined;

/** The rate of a price in a currency; its own currency's if it has no option for that one. */
export const rateOf = (world: World, price: Price, currency: string): Rate => {
  const option = price.currency === currency ? undefined : optionOf(world, price, currency);
  if (option) return { unit: option.unit_amount_decimal, tiers: option.tiers ?? null };
  return { unit: price.unit_amount_decimal, tiers: find(world.hidden.priceParts, price.id)?.tiers ?? null };
};

const flatPiece = (tier: PriceTier, number: number): Piece[] =>
  tier.flat_amount_decimal === null
    ? []
    : [
        {
          tier: number,
          kind: "flat",
          quantity: "0",
          rate: tier.flat_amount_decimal,
          amount: roundHalfUp(toScaled(tier.flat_amount_decimal)),
        },
      ];

const unitPiece = (tier: PriceTier, number: number, quantity: bigint): Piece[] =>
  tier.unit_amount_decimal === null
    ? []
    : [
        {
          tier: number,
          kind: "units",
          quantity: fromScaled(quantity),
          rate: tier.unit_amount_decimal,
          amount: roundProduct(toScaled(tier.unit_amount_decimal), quantity),
        },
      ];

/** Each tier prices what falls into it. The first one's flat fee is due even for nothing. */
const graduated = (tiers: PriceTier[], quantity: bigint): Piece[] => {
  const pieces: Piece[] = [];
  let below = 0n;
  tiers.forEach((tier, index) => {
    if (index > 0 && quantity <= below) return;
    const top = tier.up_to === null ? quantity : toScaled(tier.up_to);
    const inside = (quantity < top ? quantity : top) - below;
    pieces.push(...unitPiece(tier, index + 1, inside), ...flatPiece(tier, index + 1));
    below = top;
  });
  return pieces;
};

/** The tier that the whole quantity reaches prices all of it. */
const volume = (tiers: PriceTier[], quantity: bigint): Piece[] => {
  const index = tiers.findIndex((tier) => tier.up_to === null || quantity <= toScaled(tier.up_to));
  const tier = tiers[index];
  return tier ? [...unitPiece(tier, index + 1, quantity), ...flatPiece(tier, index + 1)] : [];
};

/** What a quantity of a price is made of, in one of its currencies. */
export const piecesOf = (
  world: World,
  price: Price,
  quantity: number | string,
  currency: string = price.currency,
): Piece[] => {
  const { unit, tiers } = rateOf(world, price, currency);
  const count = toScaled(quantity);
  if (tiers) return price.tiers_mode === "volume" ? volume(tiers, count) : graduated(tiers, count);
  const { divide_by = 1, round = "up" } = price.transform_quantity ?? {};
  const packages = price.transform_quantity ? packagesOf(count, divide_by, round) : count;
  const rate = unit ?? "0";
  const amount = roundProduct(toScaled(rate), packages);
  return [{ tier: null, kind: "units", quantity: fromScaled(count), rate, amount }];
};

/** What a quantity costs in the currency's minor unit, whenever it is billed. */
export const amountFor = (
  world: World,
  price: Price,
  quantity: number | string,
  currency: string = price.currency,
): number => piecesOf(world, price, quantity, currency).reduce((sum, piece) => sum + piece.amount, 0);

/** What a quantity costs in advance: nothing for a metered price, which is billed once it has been used. */
export const priceAmount = (
  world: World,
  price: Price,
  quantity: number,
  currency: string = price.currency,
): number => (price.recurring?.usage_type === "metered" ? 0 : amountFor(world, price, quantity, currency));

/** What a price costs in each currency, its own among them, without the tiers, each of which is expanded by itself. */
export const currencyOptionsOf = (world: World, id: string): Table<CurrencyOption> => {
  const price = find(world.prices, id);
  if (!price) return {};
  const others = Object.entries(find(world.hidden.priceParts, id)?.currency_options ?? {}).map(
    ([currency, { tiers: _, ...option }]): [string, CurrencyOption] => [currency, option],
  );
  const own: CurrencyOption = {
    custom_unit_amount: price.custom_unit_amount,
    tax_behavior: price.tax_behavior,
    unit_amount: price.unit_amount,
    unit_amount_decimal: price.unit_amount_decimal,
  };
  return { ...Object.fromEntries(others), [price.currency]: own };
};

/** A price's tiers in one of its currencies; undefined where it has none. */
export const optionTiersOf = (world: World, id: string, currency: string): PriceTier[] | undefined => {
  const parts = find(world.hidden.priceParts, id);
  const own = find(world.prices, id)?.currency === currency;
  return (own ? parts?.tiers : find(parts?.currency_options ?? {}, currency)?.tiers) ?? undefined;
};
