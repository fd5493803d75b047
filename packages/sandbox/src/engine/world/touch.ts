import { noteOwner } from "./owned-rows.js";
import { noteValues } from "./value-index.js";
import type { World } from "./world.js";

/** Beside the world and not in it: what follows from the world need not be stored. */
const touched = new WeakMap<World, Set<string>>();

/**
 * Notes that an object changed, so that what it will do next is worked out again. `emit` does it for the
 * object of each event; call it for a change without an event (a new checkout session, say).
 */
export const touch = (world: World, id: string): void => {
  noteOwner(world, id);
  noteValues(world, id);
  const ids = touched.get(world);
  if (ids) ids.add(id);
  else touched.set(world, new Set([id]));
};

/** The ids of what changed since the last call, in the order of their first change. */
export const takeTouched = (world: World): Set<string> => {
  const ids = touched.get(world) ?? new Set();
  touched.delete(world);
  return ids;
};
