import type { StripeEvent } from "../../engine/world/wire.js";

/** What an event changed at one place; a value that is not there is undefined. */
export type Change = { path: string; before: string | undefined; after: string | undefined };

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A list as long as another one is compared entry by entry. */
const asTree = (value: unknown, other: unknown): Record<string, unknown> | undefined => {
  if (isTree(value)) return isTree(other) ? value : undefined;
  const alike = Array.isArray(value) && Array.isArray(other) && value.length === other.length;
  return alike ? { ...value } : undefined;
};

const written = (value: unknown): string | undefined =>
  value === undefined ? undefined : JSON.stringify(value);

const walk = (before: Record<string, unknown>, after: unknown, path: string): Change[] =>
  Object.entries(before).flatMap(([key, old]) => {
    const now = isTree(after) && Object.hasOwn(after, key) ? after[key] : undefined;
    const here = path === "" ? key : `${path}.${key}`;
    const [oldTree, newTree] = [asTree(old, now), asTree(now, old)];
    if (oldTree && newTree) return walk(oldTree, newTree, here);
    const change = { path: here, before: written(old), after: written(now) };
    return change.before === change.after ? [] : [change];
  });

/** What `previous_attributes` say about an event, place by place, next to what came of it. */
export const changesOf = ({ data }: StripeEvent): Change[] =>
  isTree(data.previous_attributes) ? walk(data.previous_attributes, data.object, "") : [];
