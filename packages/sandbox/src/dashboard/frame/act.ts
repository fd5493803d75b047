import type { Context } from "hono";
import { StripeError } from "../../engine/world/stripe-error.js";
import type { StripeEvent } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import type { Note } from "./create-notes.js";
import type { Desk } from "./desk.js";

/** What a form sent. */
export const readForm = async (c: Context): Promise<URLSearchParams> =>
  new URLSearchParams(await c.req.text());

const noted = (path: string, token: string): string => {
  const [before = "", fragment] = path.split("#");
  return `${before}${before.includes("?") ? "&" : "?"}note=${token}${fragment ? `#${fragment}` : ""}`;
};

/** Goes to `path`, where a note says what came of an action. */
export const seeNote = (c: Context, { base, notes }: Desk, path: string, note: Note): Response =>
  c.redirect(noted(`${base}${path}`, notes.keep(note)), 303);

/** Does something and goes to `path`, where a note says what came of it; a refusal goes to `path` too. */
export const act = (c: Context, desk: Desk, path: string, run: () => Note | string): Response => {
  const attempt = (): Note => {
    try {
      const said = run();
      return typeof said === "string" ? { tone: "good", text: said } : said;
    } catch (error) {
      if (error instanceof StripeError || error instanceof RangeError)
        return { tone: "bad", text: error.message };
      throw error;
    }
  };
  return seeNote(c, desk, path, attempt());
};

/** What was logged since the event that was the last one then; all of it if that one has been forgotten. */
export const eventsSince = ({ events }: World, last: StripeEvent | undefined): StripeEvent[] =>
  last ? events.slice(events.lastIndexOf(last) + 1) : [...events];
