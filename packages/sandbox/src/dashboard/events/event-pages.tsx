/** @jsxImportSource hono/jsx */
import type { Context, Hono } from "hono";
import { inVersion } from "../../versions/in-version.js";
import type { Desk } from "../frame/desk.js";
import { showNothing } from "../frame/nothing-here.js";
import { sliceOf } from "../frame/paging.js";
import { mentions } from "../kinds/mentions.js";
import { EventView } from "./event-view.js";
import { EventsView } from "./events-view.js";

/** `GET /events` and `/events/:id`. */
export function addEventPages(pages: Hono, desk: Desk): void {
  pages.get("/events", (c) => showEvents(c, desk));
  pages.get("/events/:id", (c) => showEvent(c, desk));
}

function showEvents(c: Context, desk: Desk) {
  const { events } = desk.room.world;
  const [type, object] = [c.req.query("type") ?? "", (c.req.query("object") ?? "").trim()];
  const rows = events
    .filter(
      (event) =>
        (type === "" || event.type === type || event.type.startsWith(`${type}.`)) &&
        (object === "" || event.id === object || mentions(event.data.object, object)),
    )
    .reverse();
  const types = [...new Set(events.map((event) => event.type))].sort();
  return c.html(
    <EventsView
      desk={desk}
      types={types}
      type={type}
      object={object}
      slice={sliceOf(rows, c.req.query("page"))}
    />,
  );
}

function showEvent(c: Context, desk: Desk) {
  const { apiVersion, world } = desk.room;
  const event = structuredClone(world.events.findLast(({ id }) => id === c.req.param("id")));
  // Shown as an app that asks in the account's version reads it.
  inVersion(apiVersion, world)(event);
  if (!event) return showNothing(c, desk, "event");
  const deliveries = desk.room.deliveries().filter(({ eventId }) => eventId === event.id);
  const note = desk.notes.find(c.req.query("note"));
  return c.html(<EventView desk={desk} event={event} deliveries={deliveries} note={note} />);
}
