import type { World } from "../../engine/world/world.js";
import type { Kind } from "./kind.js";
import { kinds } from "./kinds.js";
import { mentions } from "./mentions.js";

export type Related = { kind: Kind; ids: string[]; total: number };

const most = 5;

/** What refers to an object, by kind, the newest first. */
export const referring = (world: World, id: string): Related[] =>
  kinds.flatMap((kind) => {
    const ids = kind.rows(world).flatMap((row) => (row.id !== id && mentions(row, id) ? [row.id] : []));
    return ids.length > 0 ? [{ kind, ids: ids.slice(0, most), total: ids.length }] : [];
  });
