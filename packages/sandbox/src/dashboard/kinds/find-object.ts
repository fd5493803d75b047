import type { World } from "../../engine/world/world.js";
import type { Kind } from "./kind.js";
import { kinds } from "./kinds.js";

const bySlug = new Map(kinds.map((kind) => [kind.slug, kind]));

/** Which kind of object has this id. */
export const findKind = (world: World, id: string): Kind | undefined =>
  kinds.find((kind) => kind.has(world, id));

/** The kind with this name in addresses. */
export const kindAt = (slug: string): Kind | undefined => bySlug.get(slug);
