const isHash = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

const own = (hash: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(hash, key) ? hash[key] : undefined;

/**
 * What an `.updated` event says about the state before: only what changed, hashes key by key, arrays whole. A
 * key that is new gets null, as Stripe writes it.
 */
export const previousAttributes = (
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Record<string, unknown> => {
  const changed: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    // A key may be called like a method that every object has.
    const [old, current] = [own(before, key), own(after, key)];
    if (same(old, current)) continue;
    changed[key] = isHash(old) && isHash(current) ? previousAttributes(old, current) : (old ?? null);
  }
  return changed;
};
