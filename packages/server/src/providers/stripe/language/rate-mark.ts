import type { PriceRate, PriceTier } from "@tollgate/core";

/**
 * A price's tiers as its metadata has them, in our minor units: an event shows none of a price's tiers, and of a price that
 * was replaced the catalog knows nothing (https://docs.stripe.com/api/prices/object#price_object-tiers: "not included by
 * default"). It reads "graduated 5:0:4900 inf:900:0": where a tier ends, what each unit and what the tier costs. `null` for
 * what the price itself shows.
 */
export function toRateMark(rate: PriceRate | undefined): string | null {
  if (rate === undefined || rate.kind === "package") return null;
  const tiers = rate.tiers.map(({ upTo, perUnit, flat }) => `${upTo ?? "inf"}:${perUnit}:${flat}`);
  return [rate.kind, ...tiers].join(" ");
}

/** `null` for what is no mark of ours, or was changed into something that can't be read. */
export function readRateMark(mark: string | null): PriceRate | null {
  const [kind, ...written] = mark?.split(" ") ?? [];
  if (kind !== "graduated" && kind !== "volume") return null;
  const tiers = written.map(readTier);
  const known = tiers.filter((tier) => tier !== null);
  const isWhole = known.length === tiers.length && known.length > 0 && known.at(-1)?.upTo === null;
  return isWhole ? { kind, tiers: known } : null;
}

function readTier(written: string): PriceTier | null {
  const parts = /^(\d{1,15}|inf):(\d{1,15}):(\d{1,15})$/.exec(written);
  if (parts === null) return null;
  const [, upTo, perUnit, flat] = parts;
  return { upTo: upTo === "inf" ? null : Number(upTo), perUnit: Number(perUnit), flat: Number(flat) };
}
