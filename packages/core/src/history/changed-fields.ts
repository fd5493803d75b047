/**
 * The fields in which two records differ, in the order of their names. They cross JSON, which keeps no order of keys and
 * no key without a value.
 *
 * @example
 * changedFields({ quantity: 1, status: "active" }, { status: "active", quantity: 2 }); // ["quantity"]
 */
export function changedFields(before: object, after: object): readonly string[] {
  const [was, is]: readonly { readonly [key: string]: unknown }[] = [{ ...before }, { ...after }];
  const names = new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})]);
  return [...names].filter((name) => !isSameValue(was?.[name], is?.[name])).sort();
}

function isSameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  return Array.isArray(one) === Array.isArray(other) && changedFields(one, other).length === 0;
}
