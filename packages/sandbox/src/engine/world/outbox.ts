import type { StripeEvent, ThinEvent } from "./wire.js";
import type { World } from "./world.js";

/** An event on its way out; `only` names the one endpoint it goes to, whatever that listens to. */
export type Posted = { event: StripeEvent | ThinEvent; only: string | null };

/** Beside the world and not in it: what was told to nobody yet is handed over as soon as an action ends. */
const outboxes = new WeakMap<World, Posted[]>();

/** Notes an event that endpoints are to hear of. */
export const post = (world: World, event: StripeEvent | ThinEvent, only: string | null = null): void => {
  const outbox = outboxes.get(world);
  if (outbox) outbox.push({ event, only });
  else outboxes.set(world, [{ event, only }]);
};

/** Lets the event that was noted last come before the `behind` ones that were noted before it. */
export const hurryLast = (world: World, behind: number): void => {
  const outbox = outboxes.get(world) ?? [];
  const [posted] = outbox.splice(-1, 1);
  if (posted) outbox.splice(Math.max(0, outbox.length - behind), 0, posted);
};

/** What was noted since the last call, in order; whether or not the log still has it. */
export const takePosted = (world: World): Posted[] => {
  const outbox = outboxes.get(world) ?? [];
  outboxes.delete(world);
  return outbox;
};
