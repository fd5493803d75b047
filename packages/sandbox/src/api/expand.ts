import { invalidRequest } from "../engine/stripe-error.js";
import type { World } from "../engine/world.js";
import { include } from "./includable.js";
import { lookup } from "./lookup.js";

const isHash = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type Step = { world: World; path: string[]; full: string };

const refuse = (full: string) =>
  invalidRequest(`This property cannot be expanded (${full}).`, undefined, "expand");

/** Puts the object in place of the id under `key`, and goes on into it. */
const expandKey = (holder: Record<string, unknown>, step: Step): void => {
  const [key = "", ...rest] = step.path;
  if (!Object.hasOwn(holder, key) || holder[key] === undefined) {
    const included = include(step.world, holder, key);
    if (included === undefined) throw refuse(step.full);
    holder[key] = included;
  }
  const value = holder[key];
  if (typeof value === "string") {
    const object = lookup(step.world, value);
    if (object === undefined) throw refuse(step.full);
    holder[key] = structuredClone(object);
  }
  walk(holder[key], { ...step, path: rest });
};

const walk = (value: unknown, step: Step): void => {
  if (step.path.length === 0 || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) walk(item, step);
    return;
  }
  if (!isHash(value)) throw refuse(step.full);
  expandKey(value, step);
};

/** Expands the ids in an answer (a copy, changed in place) along paths such as `data.customer`. */
export const expand = (world: World, answer: object, paths: readonly string[]): void => {
  for (const full of paths) {
    const path = full.split(".");
    if (path.length > 4)
      throw invalidRequest(
        `You cannot expand more than 4 levels of a property (${full}).`,
        "property_expansion_max_depth",
        "expand",
      );
    walk(answer, { world, path, full });
  }
};
