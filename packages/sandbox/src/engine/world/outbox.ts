import type { StripeEvent, ThinEvent } from "./wire.js";
import type { World } from "./world.js";

/** An event on its way out; `only` names the one endpoint that it goes to, whatever that one listens to. */
export type Posted = { event: StripeEvent | ThinEvent; only: string | null };

/** Beside the world and not in it: what nobody has been told yet is handed over as soon as an action ends. */
const outboxes = new WeakMap<World, Posted[]>();

/** Notes an event to be sent to endpoints. */
export const post = (world: World, event: StripeEvent | ThinEvent, only: string | null = null): void => {
  const outbox = outboxes.get(world);
  if (outbox) outbox.push({ event, only });
  else outboxes.set(world, [{ event, only }]);
};

/** Moves the event that was noted last before the `behind` ones that were noted before it. */
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
