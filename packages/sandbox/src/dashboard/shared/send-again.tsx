/** @jsxImportSource hono/jsx */
import type { Desk } from "../frame/desk.js";

/** Sends an event again, to an endpoint to be chosen. */
export const SendAgain = ({ desk, event }: { desk: Desk; event: string }) => {
  const { hidden } = desk.room.world;
  const endpoints = Object.entries(hidden.endpoints);
  if (endpoints.length === 0) return null;
  return (
    <form class="buttons" method="post" action={`${desk.base}/events/${event}/resend`}>
      {endpoints.length === 1 ? (
        <input type="hidden" name="endpoint" value={endpoints[0]?.[0]} />
      ) : (
        <select name="endpoint" aria-label="Endpoint" class="slim">
          {endpoints.map(([id, { url }]) => (
            <option key={id} value={id}>
              {url}
            </option>
          ))}
        </select>
      )}
      <button type="submit" class="button small">
        Send it again
      </button>
    </form>
  );
};
