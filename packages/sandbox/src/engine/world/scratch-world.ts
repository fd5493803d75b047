import { noteOrigin } from "./owned-rows.js";
import type { World } from "./world.js";

const isHash = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A table that reads like another one and keeps every change to itself: a row is copied when it is looked at. */
const overlay = (table: Record<string, unknown>): Record<string, unknown> => {
  const copies: Record<string, unknown> = {};
  const deleted = new Set<string | symbol>();
  const below = (key: string | symbol): key is string => !deleted.has(key) && Object.hasOwn(table, key);
  const read = (key: string | symbol): unknown => {
    if (below(key) && !Object.hasOwn(copies, key)) copies[key] = structuredClone(table[key]);
    return Object.hasOwn(copies, key) ? copies[String(key)] : undefined;
  };
  return new Proxy(copies, {
    get: (_, key) => read(key),
    has: (_, key) => below(key) || Object.hasOwn(copies, key),
    ownKeys: () => [...new Set([...Object.keys(table).filter(below), ...Object.keys(copies)])],
    getOwnPropertyDescriptor: (_, key) =>
      below(key) || Object.hasOwn(copies, key)
        ? { value: read(key), writable: true, enumerable: true, configurable: true }
        : undefined,
    deleteProperty: (_, key) => {
      deleted.add(key);
      return Reflect.deleteProperty(copies, key);
    },
  });
};

const overlays = <T extends object>(holder: T): T =>
  Object.fromEntries(
    Object.entries(holder).map(([key, value]) => {
      if (Array.isArray(value)) return [key, []];
      return [key, isHash(value) ? overlay(value) : value];
    }),
  ) as T;

/**
 * A world to try something out in: it reads like the given one, and whatever is done to it leaves that one as it
 * is. Its logs are empty. Making one costs the same however much the world holds.
 */
export const scratchOf = (world: World): World => {
  const scratch = { ...overlays(world), hidden: overlays(world.hidden) };
  noteOrigin(scratch, world);
  return scratch;
};
