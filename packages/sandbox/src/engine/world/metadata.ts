/** A request's metadata: an empty value removes the key, null empties the whole. */
export type MetadataChange = Record<string, string | number | null> | null;

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
  return Object.fromEntries(kept);
};
