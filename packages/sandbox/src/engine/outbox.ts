import type { StripeEvent, ThinEvent } from "./wire.js";
import type { World } from "./world.js";

/** Beside the world and not in it: what was told to nobody yet is handed over as soon as an action ends. */
const outboxes = new WeakMap<World, Array<StripeEvent | ThinEvent>>();

/** Notes an event that endpoints are to hear of. */
export const post = (world: World, event: StripeEvent | ThinEvent): void => {
  const outbox = outboxes.get(world);
  if (outbox) outbox.push(event);
  else outboxes.set(world, [event]);
};

/** Lets the event that was noted last come before the `behind` ones that were noted before it. */
export const hurryLast = (world: World, behind: number): void => {
  const outbox = outboxes.get(world) ?? [];
  const [event] = outbox.splice(-1, 1);
  if (event) outbox.splice(Math.max(0, outbox.length - behind), 0, event);
};

/** What was noted since the last call, in order; whether or not the log still has it. */
export const takePosted = (world: World): Array<StripeEvent | ThinEvent> => {
  const outbox = outboxes.get(world) ?? [];
  outboxes.delete(world);
  return outbox;
};
