import type { Amounts } from "../language/money.js";

/** How many seats, or units, may be bought. */
export interface QuantityBounds {
  /** The smallest number that is sold. @default the `step` */
  readonly minimum?: number;
  /** The largest number that is sold. @default 10000 */
  readonly maximum?: number;
  /** Only the smallest number, and every so many more, are sold: 3, 6, 9, … @default 1 */
  readonly step?: number;
}

/** A price per seat; the buyer chooses how many. */
export interface PerSeatPrice extends QuantityBounds {
  /** Per seat and interval, in minor units. */
  readonly perSeat: Amounts;
  /** What comes on top, whatever the number of seats. @default nothing */
  readonly base?: Amounts;
  /** How many seats the base contains: those cost nothing more. @default 0 */
  readonly included?: number;
}

/** One tier of a price. It has an amount for each unit, one for the whole tier, or both, in the same currencies. */
export interface TierDefinition {
  /** The last unit that belongs to it; the last tier is `"unlimited"`. */
  readonly upTo: number | "unlimited";
  /** For each unit, in minor units. @default nothing */
  readonly perUnit?: Amounts;
  /** Once, for whoever reaches the tier, in minor units. @default nothing */
  readonly flat?: Amounts;
}

/** `graduated`: each tier prices the units that fall into it; `volume`: the tier that is reached prices all of them. */
export type TierMode = "graduated" | "volume";

/** A price in tiers by the number of units that the buyer chooses. */
export interface TieredPrice extends QuantityBounds {
  /** From the first unit on, at most 20. */
  readonly tiers: readonly TierDefinition[];
  readonly mode: TierMode;
}

/** A price per package of several units; one that is begun is paid for. */
export interface PackagePrice extends QuantityBounds {
  /** Per package and interval, in minor units. */
  readonly perPackage: Amounts;
  /** How many units a package has. */
  readonly size: number;
}

/** A flat amount per interval in each currency, in minor units, or a price by the number that the buyer chooses. */
export type PriceDefinition = Amounts | PerSeatPrice | TieredPrice | PackagePrice;

/**
 * What is charged for the use of a metered feature beyond what the plan includes, with each of the plan's intervals:
 * an amount for each, tiers, or packages. Amounts are whole minor units; sell what costs less than that in packages.
 */
export type UsagePrice =
  | { readonly perUnit: Amounts }
  | {
      readonly tiers: readonly TierDefinition[];
      /** @default "graduated" */
      readonly mode?: TierMode;
    }
  | { readonly perPackage: Amounts; readonly size: number };

/** What the first payments of a customer's first subscription are reduced by. */
export type IntroDefinition = {
  /** How many of the first payments are reduced; by the day or week, only one can be. @default 1 */
  readonly payments?: number;
} & (
  | {
      /** More than 0 and less than 100. */
      readonly percentOff: number;
      readonly amountOff?: never;
    }
  | {
      /** Off each of them as a whole, however many seats it has; in minor units. */
      readonly amountOff: Amounts;
      readonly percentOff?: never;
    }
);

export function isPerSeat(price: PriceDefinition): price is PerSeatPrice {
  return "perSeat" in price && typeof price.perSeat === "object";
}

export function isTiered(price: PriceDefinition): price is TieredPrice {
  return "tiers" in price && typeof price.tiers === "object";
}

export function isPackaged(price: PriceDefinition): price is PackagePrice {
  return "perPackage" in price && typeof price.perPackage === "object";
}
