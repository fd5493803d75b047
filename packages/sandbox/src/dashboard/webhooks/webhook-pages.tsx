/** @jsxImportSource hono/jsx */
import type { Context, Hono } from "hono";
import { deleteEventDestination, switchEventDestination } from "../../engine/endpoints/event-destination.js";
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  rollSecret,
  updateWebhookEndpoint,
} from "../../engine/endpoints/webhook-endpoint.js";
import { findTarget } from "../../engine/endpoints/webhook-target.js";
import { day } from "../../engine/world/context.js";
import { find, need } from "../../engine/world/find.js";
import { act, readForm } from "../frame/act.js";
import type { Desk } from "../frame/desk.js";
import { showNothing } from "../frame/nothing-here.js";
import { addChaosActions } from "./chaos-actions.js";
import { EndpointView } from "./endpoint-view.js";
import { WebhooksView } from "./webhooks-view.js";

/** `GET /webhooks` and `/webhooks/:id`, and what changes endpoints and their chaos. */
export function addWebhookPages(pages: Hono, desk: Desk): void {
  pages.get("/webhooks", (c) =>
    c.html(<WebhooksView desk={desk} note={desk.notes.find(c.req.query("note"))} />),
  );
  pages.post("/webhooks", (c) => add(c, desk));
  addChaosActions(pages, desk);
  pages.get("/webhooks/:id", (c) => show(c, desk));
  pages.post("/webhooks/:id/switch", (c) => turn(c, desk));
  pages.post("/webhooks/:id/delete", (c) => remove(c, desk));
  pages.post("/webhooks/:id/roll", (c) => roll(c, desk));
}

function show(c: Context, desk: Desk) {
  const target = findTarget(desk.room.world, c.req.param("id") ?? "");
  if (!target) return showNothing(c, desk, "endpoint");
  return c.html(<EndpointView desk={desk} target={target} note={desk.notes.find(c.req.query("note"))} />);
}

async function add(c: Context, desk: Desk) {
  const form = await readForm(c);
  const types = (form.get("events") ?? "").split(/[\s,]+/).filter((type) => type !== "");
  return act(c, desk, "/webhooks", () => {
    const { url } = desk.room.mutate((world, ctx) =>
      createWebhookEndpoint(world, ctx, {
        url: form.get("url") ?? "",
        enabled_events: types.length > 0 ? types : ["*"],
        connect: form.get("connect") === "on",
      }),
    );
    return `${url} hears of what happens from now on.`;
  });
}

async function turn(c: Context, desk: Desk) {
  const id = c.req.param("id") ?? "";
  const disabled = (await readForm(c)).get("to") === "disabled";
  return act(c, desk, `/webhooks/${encodeURIComponent(id)}`, () =>
    desk.room.mutate((world, ctx) => {
      if (find(world.eventDestinations, id))
        switchEventDestination(world, ctx, id, disabled ? "disabled" : "enabled");
      else updateWebhookEndpoint(world, id, { disabled });
      return disabled ? "The endpoint hears of nothing any more." : "The endpoint hears of events again.";
    }),
  );
}

function remove(c: Context, desk: Desk) {
  const id = c.req.param("id") ?? "";
  return act(c, desk, "/webhooks", () =>
    desk.room.mutate((world) => {
      const { url } = need(world.hidden.endpoints, "webhook endpoint", id);
      if (find(world.eventDestinations, id)) deleteEventDestination(world, id);
      else deleteWebhookEndpoint(world, id);
      return `${url} was deleted.`;
    }),
  );
}

/** A day, in seconds: for that long the old secret may sign too. */
const grace = day;

async function roll(c: Context, desk: Desk) {
  const id = c.req.param("id") ?? "";
  const slowly = (await readForm(c)).get("old") === "day";
  return act(c, desk, `/webhooks/${encodeURIComponent(id)}`, () =>
    desk.room.mutate((world, ctx) => {
      rollSecret(world, ctx, id, slowly ? grace : 0);
      return slowly
        ? "There is a new secret; the old one signs for another day."
        : "There is a new secret; the old one does not sign any more.";
    }),
  );
}
