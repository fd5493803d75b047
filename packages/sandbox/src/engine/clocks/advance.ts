import { entitleSince } from "../subscriptions/terms/entitle.js";
import type { Context } from "../world/context.js";
import type { Due } from "../world/due.js";
import { find } from "../world/find.js";
import type { World } from "../world/world.js";
import { nextDue } from "./due-index.js";

/** What was played at one second, to notice what never ends. */
type Second = { at: number; played: Map<string, number> };

const count = (second: Second, due: Due): void => {
  if (second.at !== due.at) {
    second.at = due.at;
    second.played.clear();
  }
  const times = (second.played.get(due.id) ?? 0) + 1;
  if (times > 3) throw new Error(`${due.id} is due at ${due.at} for ever`);
  second.played.set(due.id, times);
};

/**
 * Plays everything that falls due until `until`, each thing at its own time, in order of time: what lives by the
 * given test clock, which moves along, or else what lives by none.
 */
export const advance = (world: World, ctx: Context, until: Date, clock: string | null = null): void => {
  const limit = Math.floor(until.getTime() / 1000);
  const frozen = find(world.testClocks, clock);
  const second: Second = { at: Number.NaN, played: new Map() };
  for (let due = nextDue(world, clock, limit); due; due = nextDue(world, clock, limit)) {
    count(second, due);
    const at = Math.max(due.at, frozen?.frozen_time ?? due.at);
    if (frozen) frozen.frozen_time = at;
    const told = world.events.length;
    const then: Context = { ...ctx, now: new Date(at * 1000), request: { id: null, idempotency_key: null } };
    due.run(world, then);
    entitleSince(world, then, told);
  }
};
