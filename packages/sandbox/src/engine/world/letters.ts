import type { Context } from "./context.js";
import type { Account } from "./wire.js";
import type { World } from "./world.js";

/** What happens in another account because of something here: money that moves between two, or a changed account. */
export type Letter = {
  /** The account where it happens; null: the platform. */
  to: string | null;
  /** That account, where the platform is about to forget it. */
  account?: Account;
  /** When it happens. */
  at: Date;
  run: (world: World, ctx: Context) => void;
};

/** Beside the world and not in it: they are delivered as soon as an action ends. A scratch world's go nowhere. */
const boxes = new WeakMap<World, Letter[]>();

/** Notes what is to happen in another account, at the present time. */
export const send = (world: World, ctx: Context, letter: Omit<Letter, "at">): void => {
  const whole = { ...letter, at: ctx.now };
  const box = boxes.get(world);
  if (box) box.push(whole);
  else boxes.set(world, [whole]);
};

/** What was noted since the last call, in order. */
export const takeLetters = (world: World): Letter[] => {
  const box = boxes.get(world) ?? [];
  boxes.delete(world);
  return box;
};
