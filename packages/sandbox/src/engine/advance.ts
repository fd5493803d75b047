import type { Context } from "./context.js";
import { type Due, findDue } from "./due.js";
import type { World } from "./world.js";

/** Plays everything that falls due until `until`, each thing at its own time, in order of time. */
export const advance = (world: World, ctx: Context, until: Date): void => {
  const limit = Math.floor(until.getTime() / 1000);
  const played = new Map<string, number>();
  for (let due = findDue(world, limit); due; due = findDue(world, limit)) {
    // A thing that stays due at the same moment after it was played would never end.
    const key = `${due.id}@${due.at}`;
    const times = (played.get(key) ?? 0) + 1;
    if (times > 3) throw new Error(`${due.id} is due at ${due.at} for ever`);
    played.set(key, times);
    play(world, ctx, due);
  }
};

const play = (world: World, ctx: Context, due: Due): void =>
  due.run(world, { ...ctx, now: new Date(due.at * 1000), request: { id: null, idempotency_key: null } });
