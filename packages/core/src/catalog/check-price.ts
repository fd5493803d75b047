import type { Amounts } from "../language/money.js";
import { checkAmounts, refuse } from "./check-entry.js";
import {
  isPackaged,
  isPerSeat,
  isTiered,
  type PerSeatPrice,
  type PriceDefinition,
  type QuantityBounds,
  type TierDefinition,
} from "./price-definition.js";
import { maximumQuantity } from "./prices.js";

/** A price carries them in its metadata too, which is what keeps them known: a text of limited length. */
const mostTiers = 20;

/** Checks the price of a plan for one interval. */
export function checkPrice(path: string, price: PriceDefinition): void {
  if (isTiered(price)) {
    checkTiers(path, price.tiers, price.mode);
    checkLastTier(path, price.tiers);
  } else if (isPackaged(price)) {
    checkPackages(path, price.perPackage, price.size);
  } else if (isPerSeat(price)) {
    checkPerSeat(path, price);
  } else {
    checkAmounts(path, price);
    return;
  }
  checkQuantities(path, price);
}

function checkPerSeat(path: string, { perSeat, base, included }: PerSeatPrice): void {
  checkAmounts(`${path}.perSeat`, perSeat);
  if (base !== undefined) {
    checkAmounts(`${path}.base`, base);
    checkSameCurrencies(`${path}.base`, base, perSeat);
  }
  if (included !== undefined) checkWhole(`${path}.included`, included, 0, maximumQuantity - 1);
}

function checkQuantities(path: string, { minimum, maximum, step = 1 }: QuantityBounds): void {
  const [least, most] = [minimum ?? step, maximum ?? maximumQuantity];
  const whole = [least, most, step].every(Number.isInteger);
  if (!whole || step < 1 || least < 1 || most < least || most > maximumQuantity) {
    refuse(path, `needs 1 ≤ minimum ≤ maximum ≤ ${maximumQuantity} and step ≥ 1, in whole numbers`);
  }
  if (maximum !== undefined && (most - least) % step !== 0) {
    refuse(`${path}.maximum`, `must be reached from ${least} in steps of ${step}`);
  }
}

/** Checks tiers, of a plan's price or of one for use. */
export function checkTiers(path: string, tiers: readonly TierDefinition[], mode: unknown): void {
  if (mode !== "graduated" && mode !== "volume") refuse(`${path}.mode`, 'must be "graduated" or "volume"');
  if (!Array.isArray(tiers) || tiers.length < 1 || tiers.length > mostTiers) {
    refuse(`${path}.tiers`, `must be 1 to ${mostTiers} tiers`);
  }
  let below = 0;
  for (const [index, tier] of tiers.entries()) {
    const at = `${path}.tiers.${index}`;
    checkTierAmounts(at, tier, tiers[0] ?? tier);
    const isLast = index === tiers.length - 1;
    if (isLast !== (tier.upTo === "unlimited")) {
      refuse(`${at}.upTo`, isLast ? 'must be "unlimited": it is the last tier' : "must be a whole number");
    }
    if (tier.upTo === "unlimited") continue;
    checkWhole(`${at}.upTo`, tier.upTo, below + 1, Number.MAX_SAFE_INTEGER);
    below = tier.upTo;
  }
}

function checkTierAmounts(path: string, { perUnit, flat }: TierDefinition, first: TierDefinition): void {
  const all = [perUnit, flat].filter((amounts) => amounts !== undefined);
  if (all.length === 0) refuse(path, "must have perUnit, flat, or both");
  for (const amounts of all) {
    checkAmounts(path, amounts);
    checkSameCurrencies(path, amounts, first.perUnit ?? first.flat ?? amounts);
  }
}

/** A tier that no quantity reaches is a mistake: more than that is not sold. */
function checkLastTier(path: string, tiers: readonly TierDefinition[]): void {
  const last = tiers.at(-2)?.upTo;
  if (typeof last === "number" && last >= maximumQuantity) {
    refuse(`${path}.tiers`, `must end before ${maximumQuantity}, the most that is sold`);
  }
}

export function checkPackages(path: string, perPackage: Amounts, size: number): void {
  checkAmounts(`${path}.perPackage`, perPackage);
  checkWhole(`${path}.size`, size, 2, Number.MAX_SAFE_INTEGER);
}

function checkSameCurrencies(path: string, amounts: Amounts, first: Amounts): void {
  const [own, others] = [Object.keys(amounts), Object.keys(first)];
  const isSame = own.length === others.length && own.every((currency) => Object.hasOwn(first, currency));
  if (!isSame) refuse(path, `must have the same currencies as the rest of the price: ${others.join(", ")}`);
}

function checkWhole(path: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  refuse(
    path,
    `must be a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`}`,
  );
}
