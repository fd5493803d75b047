import { invalidRequest } from "./stripe-error.js";

/** A request's metadata: an empty value removes the key, null empties the whole. */
export type MetadataChange = Record<string, string | number | null> | null;

/** https://docs.stripe.com/api/metadata */
const mostKeys = 50;

/** Refuses more keys than an object may have. */
export const checkKeyCount = (count: number, param = "metadata"): void => {
  if (count > mostKeys) throw invalidRequest(`Metadata can have at most ${mostKeys} keys.`, undefined, param);
};

/** Stripe's merge rule: named keys are set or removed, the others stay. */
export const mergeMetadata = (
  current: Record<string, string>,
  update: MetadataChange | undefined,
): Record<string, string> => {
  if (update === undefined) return current;
  if (update === null) return {};
  const merged = Object.entries({ ...current, ...update });
  const kept = merged.flatMap(([key, value]) =>
    value === "" || value === null ? [] : [[key, String(value)]],
  );
  checkKeyCount(kept.length);
  return Object.fromEntries(kept);
};
