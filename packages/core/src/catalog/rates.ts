import type { Amounts, Currency } from "../language/money.js";
import { costOf, type PriceRate, type PriceTier } from "../language/price-rate.js";
import {
  isPackaged,
  isPerSeat,
  isTiered,
  type PerSeatPrice,
  type PriceDefinition,
  type TierDefinition,
  type TierMode,
} from "./price-definition.js";

/** How a price is worked out from the quantity. */
export type PriceModel = "flat" | "per_seat" | "tiered" | "package";

/** What a price costs in one currency, in minor units. */
export interface ModelPrice {
  readonly model: PriceModel;
  /** For all of it, per seat, or per package; of tiers, what the smallest quantity that is sold costs. */
  readonly amount: number;
  /** What several cost together; absent: `amount` times as much. */
  readonly rate?: PriceRate;
}

/** The currencies of a price, in the order in which they were written, with what it costs in each. */
export function ratesOf(
  price: PriceDefinition,
  minimum: number,
): readonly (readonly [Currency, ModelPrice])[] {
  if (isTiered(price)) {
    return currenciesOfTiers(price.tiers).map((currency) => [
      currency,
      tiered(price.mode, toTiers(price.tiers, currency), minimum),
    ]);
  }
  if (isPackaged(price)) {
    return Object.entries(price.perPackage).map(([currency, amount]) => [
      currency,
      { model: "package", amount, rate: { kind: "package", amount, size: price.size } },
    ]);
  }
  if (isPerSeat(price)) {
    return Object.keys(price.perSeat).map((currency) => [currency, perSeatIn(price, currency, minimum)]);
  }
  return Object.entries(price).map(([currency, amount]) => [currency, { model: "flat", amount }]);
}

/** A base is one tier of as many seats as it contains, or the flat amount of the only tier. */
function perSeatIn(
  { perSeat, base, included = 0 }: PerSeatPrice,
  currency: Currency,
  minimum: number,
): ModelPrice {
  const [perUnit, flat] = [perSeat[currency] ?? 0, base?.[currency] ?? 0];
  if (base === undefined && included === 0) return { model: "per_seat", amount: perUnit };
  const first = included === 0 ? [] : [{ upTo: included, perUnit: 0, flat }];
  return tiered("graduated", [...first, { upTo: null, perUnit, flat: included === 0 ? flat : 0 }], minimum);
}

function tiered(kind: TierMode, tiers: readonly PriceTier[], minimum: number): ModelPrice {
  const rate = { kind, tiers };
  return { model: "tiered", amount: costOf({ amount: 0, rate }, minimum), rate };
}

/** Those of the first tier: all have the same. */
export function currenciesOfTiers(tiers: readonly TierDefinition[]): readonly Currency[] {
  return Object.keys(tiers[0]?.perUnit ?? tiers[0]?.flat ?? {});
}

export function toTiers(tiers: readonly TierDefinition[], currency: Currency): readonly PriceTier[] {
  const amountIn = (amounts: Amounts | undefined) => amounts?.[currency] ?? 0;
  return tiers.map(({ upTo, perUnit, flat }) => ({
    upTo: upTo === "unlimited" ? null : upTo,
    perUnit: amountIn(perUnit),
    flat: amountIn(flat),
  }));
}
