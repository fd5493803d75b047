import type { World } from "../../engine/world/world.js";
import { include } from "./includable.js";
import { lookup } from "./lookup.js";

const isHash = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An id as its object, a list of ids as their objects; what is unknown stays as it is. */
const resolve = (world: World, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => resolve(world, item));
  const object = typeof value === "string" ? lookup(world, value) : undefined;
  return object === undefined ? value : structuredClone(object);
};

/** Puts the object in place of the id under the first name, and continues inside it. */
const walk = (world: World, value: unknown, path: readonly string[]): void => {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (Array.isArray(value)) {
    for (const item of value) walk(world, item, path);
    return;
  }
  if (!isHash(value)) return;
  const held = Object.hasOwn(value, key) ? value[key] : include(world, value, key);
  if (held === undefined) return;
  value[key] = resolve(world, held);
  walk(world, value[key], rest);
};

/**
 * Expands the ids in an answer (a copy, changed in place) along paths such as `data.customer`, which
 * `checkExpand` has found to exist.
 */
export const expand = (world: World, answer: object, paths: readonly string[]): void => {
  for (const path of paths) walk(world, answer, path.split("."));
};
