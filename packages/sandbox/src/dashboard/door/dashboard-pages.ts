import { type Context, Hono } from "hono";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { addClockPages } from "../clock/clock-pages.js";
import { addEventPages } from "../events/event-pages.js";
import { createNotes, type Notes } from "../frame/create-notes.js";
import type { Desk } from "../frame/desk.js";
import { frameScript } from "../frame/frame-script.js";
import { showNothing } from "../frame/nothing-here.js";
import { addHomePages } from "../home/home-pages.js";
import { addSettingsPages } from "../home/settings-pages.js";
import { findKind } from "../kinds/find-object.js";
import { addObjectPages } from "../objects/object-pages.js";
import { addToolActions } from "../objects/tool-actions.js";
import { addRequestPages } from "../requests/request-pages.js";
import { addScenarioPages } from "../scenarios/scenario-pages.js";
import { addDeliveryPages } from "../webhooks/delivery-pages.js";
import { addWebhookPages } from "../webhooks/webhook-pages.js";

const home = "/dashboard";

/** `/dashboard`, and `/dashboard/accounts/:account` for a connected account; `/` leads there. */
export function dashboardPages(platform: SandboxRoom): Hono {
  const site = new Hono();
  const notes = createNotes();
  // By room: a sandbox that was reset has new ones.
  const desks = new WeakMap<SandboxRoom, Hono>();
  site.get("/", (c) => c.redirect(home, 302));
  site.get(`${home}/`, (c) => c.redirect(home, 302));
  site.use(`${home}/*`, async (c, next) => {
    const refusal = refuse(c);
    if (refusal) return refusal;
    await next();
    for (const [name, value] of Object.entries(protections)) c.header(name, value);
    return undefined;
  });
  site.get(`${home}/dashboard.js`, (c) => {
    c.header("content-type", "text/javascript; charset=utf-8");
    c.header("cache-control", "max-age=300");
    return c.body(frameScript);
  });
  site.all(`${home}/accounts/:account/*`, (c) => {
    const id = c.req.param("account");
    const room = platform.inAccount(id);
    if (!room || room === platform) return c.redirect(home, 302);
    const known = desks.get(room) ?? createDesk({ room, platform, base: `${home}/accounts/${id}`, notes });
    desks.set(room, known);
    return known.fetch(c.req.raw);
  });
  site.route("/", createDesk({ room: platform, platform, base: home, notes }));
  return site;
}

// Nothing runs but the dashboard's own script, and no other site may show the dashboard in a frame.
const protections = {
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

function refuse(c: Context): Response | undefined {
  if (c.req.method === "GET" || c.req.method === "HEAD") return undefined;
  // Pages of other origins have been turned away already; here a browser must say that it is one of ours.
  if (c.req.header("sec-fetch-site") === undefined && c.req.header("origin") === undefined)
    return c.text("The dashboard takes actions from its own pages only; use the API for the rest.", 403);
  return undefined;
}

type Given = Pick<Desk, "base" | "platform" | "room"> & { notes: Notes };

function createDesk(given: Given): Hono {
  const { base, room } = given;
  const desk: Desk = {
    ...given,
    locate: (id) => {
      const kind = findKind(room.world, id);
      const href = `${base}/objects/${kind?.slug}/${encodeURIComponent(id)}`;
      return kind && { href, name: kind.name(room.world, id), kind: kind.one };
    },
  };
  const pages = new Hono().basePath(base) as Hono;
  addHomePages(pages, desk);
  addToolActions(pages, desk);
  addObjectPages(pages, desk);
  addRequestPages(pages, desk);
  addEventPages(pages, desk);
  addDeliveryPages(pages, desk);
  addWebhookPages(pages, desk);
  addScenarioPages(pages, desk);
  addClockPages(pages, desk);
  addSettingsPages(pages, desk);
  pages.all("/*", (c) => showNothing(c, desk));
  return pages;
}
