import { day } from "./context.js";
import type { World } from "./world.js";

/** https://docs.stripe.com/api/events: "access to Retrieve Event API is guaranteed only for 30 days". */
const kept = 30 * day;

/** Notes when the new events in the log were logged: an event's own time may be that of a test clock. */
const note = (world: World, now: number): void => {
  const batches = world.hidden.logged;
  const fresh = batches.reduce((rest, batch) => rest - batch.count, world.events.length);
  if (fresh <= 0) return;
  const last = batches.at(-1);
  if (last && Math.floor(last.at / day) === Math.floor(now / day)) {
    last.count += fresh;
    last.at = now;
  } else batches.push({ at: now, count: fresh });
};

/**
 * Drops events from the log that are older than 30 days by the sandbox's clock (`now`, in seconds), a day's at a
 * time. To be called between actions: an action may have noted a position in the log.
 */
export const forgetOldEvents = (world: World, now: number): void => {
  note(world, now);
  const batches = world.hidden.logged;
  const young = batches.findIndex((batch) => batch.at > now - kept);
  const old = batches.splice(0, young === -1 ? batches.length : young);
  const count = old.reduce((sum, batch) => sum + batch.count, 0);
  if (count > 0) world.events.splice(0, count);
  const oldest = new Date((now - kept) * 1000).toISOString();
  if (world.thinEvents[0] && world.thinEvents[0].created <= oldest)
    world.thinEvents = world.thinEvents.filter(({ created }) => created > oldest);
};
