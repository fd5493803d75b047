import { toCardSource } from "../../engine/methods/to-card-source.js";
import type { PaymentMethod } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { include, includeOptionTiers } from "./includable.js";
import { lookup } from "./lookup.js";

const isHash = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type Shape = (copy: unknown) => void;
type Source = { world: World; shape: Shape };

/** An id as its object, a list of ids as their objects; what is unknown stays as it is. */
const resolve = (source: Source, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => resolve(source, item));
  const object = typeof value === "string" ? lookup(source.world, value) : undefined;
  if (object === undefined) return value;
  const copy = structuredClone(object);
  source.shape(copy);
  return copy;
};

/** A card of the old kind is a payment method too: what it is shown as depends on what it is named as. */
const asNamed = (key: string, value: unknown): unknown =>
  key === "default_source" && isHash(value) && value.object === "payment_method"
    ? toCardSource(value as PaymentMethod)
    : value;

const included = ({ world, shape }: Source, holder: Record<string, unknown>, key: string): unknown => {
  const value = include(world, holder, key);
  shape(value);
  return value;
};

/** Puts the object in place of the id under the first name, and continues inside it. */
const walk = (source: Source, value: unknown, path: readonly string[]): void => {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (Array.isArray(value)) {
    for (const item of value) walk(source, item, path);
    return;
  }
  if (!isHash(value)) return;
  const held = Object.hasOwn(value, key) ? value[key] : included(source, value, key);
  if (held === undefined) return;
  value[key] = asNamed(key, resolve(source, held));
  const [currency, part] = rest;
  if (key === "currency_options" && part === "tiers") includeOptionTiers(source.world, value, currency ?? "");
  else walk(source, value[key], rest);
};

/**
 * Expands the ids in an answer (a copy, changed in place) along paths such as `data.customer`, which
 * `checkExpand` has found to exist. `shape` gives what is put in (a copy) the form of the answer's API version.
 */
export const expand = (
  world: World,
  answer: object,
  paths: readonly string[],
  shape: Shape = () => undefined,
): void => {
  for (const path of paths) walk({ world, shape }, answer, path.split("."));
};
