import type { World } from "../engine/world/world.js";

/** Parameters as they came over the wire, or an object of an answer. */
export type Form = Record<string, unknown>;

export type OlderRequest = {
  endpoints: readonly string[];
  /** The endpoints that take the old form without a version too, because Stripe's CLI sends none there. */
  unversioned?: readonly string[];
  /** What the old parameters are in the form that the change brought. */
  toNewer(given: Form, world: World): Form;
};

/** One change that Stripe made to its API, and how versions before it are served. */
export type Change = {
  /** The version that brought it. */
  since: string;
  what: string;
  /** Stripe's own words about it. */
  link: string;
  requests?: readonly OlderRequest[];
  /** What versions before it cannot do here. */
  untranslated?: string;
};

export const isForm = (value: unknown): value is Form =>
  typeof value === "object" && value !== null && !Array.isArray(value);
