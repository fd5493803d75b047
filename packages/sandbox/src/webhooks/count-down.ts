import type { World } from "../engine/world/world.js";

/** Notes on an event that one more endpoint has accepted it; the log may have forgotten the event by now. */
export const countDown = (world: World | undefined, eventId: string): void => {
  const event = world?.events.findLast(({ id }) => id === eventId);
  if (event && event.pending_webhooks > 0) event.pending_webhooks--;
};
