/** @jsxImportSource hono/jsx */
import type { Context, Hono } from "hono";
import { thinTwins } from "../../engine/endpoints/thin-twins.js";
import { post } from "../../engine/world/outbox.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import type { StripeEvent, ThinEvent } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { act, readForm } from "../frame/act.js";
import type { Desk } from "../frame/desk.js";
import { showNothing } from "../frame/nothing-here.js";
import { sliceOf } from "../frame/paging.js";
import { DeliveriesView } from "./deliveries-view.js";
import { DeliveryView } from "./delivery-view.js";

/** `GET /deliveries`, `/deliveries/:id`, and what sends events again. */
export function addDeliveryPages(pages: Hono, desk: Desk): void {
  pages.get("/deliveries", (c) => showDeliveries(c, desk));
  pages.get("/deliveries/:id", (c) => showDelivery(c, desk));
  pages.post("/deliveries/:id/resend", (c) => resendDelivery(c, desk));
  pages.post("/events/:id/resend", (c) => resendEvent(c, desk));
}

function showDeliveries(c: Context, desk: Desk) {
  const [endpoint, state] = [c.req.query("endpoint") ?? "", c.req.query("state") ?? ""];
  const rows = desk.room
    .deliveries()
    .filter(
      (row) => (endpoint === "" || row.endpointId === endpoint) && (state === "" || row.state === state),
    )
    .reverse();
  const slice = sliceOf(rows, c.req.query("page"));
  return c.html(<DeliveriesView desk={desk} slice={slice} endpoint={endpoint} state={state} />);
}

const findDelivery = ({ room }: Desk, id: string) => room.deliveries().find((row) => row.id === id);

function showDelivery(c: Context, desk: Desk) {
  const delivery = findDelivery(desk, c.req.param("id") ?? "");
  if (!delivery) return showNothing(c, desk, "delivery");
  const note = desk.notes.find(c.req.query("note"));
  return c.html(<DeliveryView desk={desk} delivery={delivery} note={note} />);
}

const findEvent = (world: World, id: string): StripeEvent | ThinEvent | undefined =>
  world.events.findLast((event) => event.id === id) ??
  world.thinEvents.find((event) => event.id === id) ??
  world.events.flatMap(thinTwins).find((event) => event.id === id);

const forgotten = "This event is not in the log any more: it keeps 30 days.";

function resendDelivery(c: Context, desk: Desk) {
  const id = c.req.param("id") ?? "";
  const delivery = findDelivery(desk, id);
  return act(c, desk, `/deliveries/${encodeURIComponent(id)}`, () => {
    // The platform's endpoints hear of connected accounts' events, which are in those accounts' logs.
    const room = delivery && desk.room.inAccount(delivery.account);
    const event = room && findEvent(room.world, delivery.eventId);
    if (!delivery || !room || !event) throw invalidRequest(forgotten);
    room.mutate((world) => post(world, event, delivery.endpointId));
    return "It is on its way again: see the newest delivery of this event.";
  });
}

async function resendEvent(c: Context, desk: Desk) {
  const id = c.req.param("id") ?? "";
  const endpoint = (await readForm(c)).get("endpoint") ?? "";
  return act(c, desk, `/events/${encodeURIComponent(id)}`, () =>
    desk.room.mutate((world) => {
      const event = world.events.findLast((row) => row.id === id);
      if (!event) throw invalidRequest(forgotten);
      if (!Object.hasOwn(world.hidden.endpoints, endpoint))
        throw invalidRequest("There is no such endpoint.");
      post(world, event, endpoint);
      return "It is on its way again.";
    }),
  );
}
