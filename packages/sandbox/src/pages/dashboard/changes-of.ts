import type { StripeEvent } from "../../engine/wire.js";

/** What an event changed at one place; a value that is not there is undefined. */
export type Change = { path: string; before: string | undefined; after: string | undefined };

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const written = (value: unknown): string | undefined =>
  value === undefined ? undefined : JSON.stringify(value);

const walk = (before: Record<string, unknown>, after: unknown, path: string): Change[] =>
  Object.entries(before).flatMap(([key, old]) => {
    const now = isTree(after) && Object.hasOwn(after, key) ? after[key] : undefined;
    const here = path === "" ? key : `${path}.${key}`;
    return isTree(old) && isTree(now)
      ? walk(old, now, here)
      : [{ path: here, before: written(old), after: written(now) }];
  });

/** What `previous_attributes` say about an event, place by place, beside what came of it. */
export const changesOf = ({ data }: StripeEvent): Change[] =>
  isTree(data.previous_attributes) ? walk(data.previous_attributes, data.object, "") : [];
