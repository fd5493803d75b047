/** @jsxImportSource hono/jsx */
import type { Context, Hono } from "hono";
import { advanceTestClock } from "../../engine/clocks/advance-test-clock.js";
import { fromAnchor } from "../../engine/money/billing-cycle.js";
import { day } from "../../engine/world/context.js";
import { find } from "../../engine/world/find.js";
import { act, eventsSince, readForm } from "../frame/act.js";
import type { Note } from "../frame/create-notes.js";
import type { Desk } from "../frame/desk.js";
import { formatTime } from "../frame/format-time.js";
import { isFrozen } from "../shared/clock-state.js";
import { upcoming } from "../shared/upcoming.js";
import { ClockView } from "./clock-view.js";

/** `GET /clock`, and what moves the clocks. */
export function addClockPages(pages: Hono, desk: Desk): void {
  pages.get("/clock", (c) => showClock(c, desk));
  pages.post("/clock/advance", (c) => move(c, desk, null));
  pages.post("/clock/:id/advance", (c) => move(c, desk, c.req.param("id")));
}

async function showClock(c: Context, desk: Desk) {
  const { room, notes } = desk;
  const frozen = await isFrozen(room);
  const note = notes.find(c.req.query("note"));
  return c.html(<ClockView desk={desk} frozen={frozen} note={note} next={upcoming(room.world, 12, null)} />);
}

const steps = ["hour", "day", "week", "month"] as const;
const lengths = { hour: 3600, day };

/** Ten years, in seconds: further than anybody looks, and quickly played. */
const furthest = 10 * 366 * day;

/** The second that a form asks for. */
const targetOf = (
  { room: { world } }: Desk,
  form: URLSearchParams,
  from: number,
  clock: string | null,
): number => {
  const by = form.get("by");
  if (by === "next") {
    const due = upcoming(world, 1, clock)[0];
    if (!due) throw new RangeError("Nothing lies ahead.");
    // What is due already is played by any step.
    return Math.max(due.at, from + 1);
  }
  const step = steps.find((name) => name === by);
  if (step === "hour" || step === "day") return from + lengths[step];
  if (step) return fromAnchor(from, { interval: step, interval_count: 1 }, 1);
  const to = Date.parse(`${form.get("to") ?? ""}Z`) / 1000;
  if (!Number.isFinite(to)) throw new RangeError("Choose the time to move to.");
  if (to <= from) throw new RangeError("Clocks only move forward: choose a later time.");
  return to;
};

async function move(c: Context, desk: Desk, clock: string | null) {
  const form = await readForm(c);
  return act(c, desk, "/clock", () => play(desk, form, clock));
}

function play(desk: Desk, form: URLSearchParams, clock: string | null): Note {
  const { room } = desk;
  const last = room.world.events.at(-1);
  const from = clock
    ? find(room.world.testClocks, clock)?.frozen_time
    : Math.floor(room.now().getTime() / 1000);
  if (from === undefined) throw new RangeError("There is no such test clock.");
  const to = targetOf(desk, form, from, clock);
  if (to - from > furthest) throw new RangeError("At most ten years at once.");
  if (clock) room.mutate((world, ctx) => advanceTestClock(world, ctx, clock, to));
  else room.advance(new Date(to * 1000));
  const events = eventsSince(room.world, last).map(({ id }) => id);
  const count = events.length === 1 ? "One thing" : `${events.length} things`;
  return {
    tone: "good",
    text: `It is ${formatTime(to)} now. ${events.length === 0 ? "Nothing" : count} happened on the way.`,
    events,
  };
}
