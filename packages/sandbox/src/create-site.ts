import { Hono } from "hono";
import { createApi } from "./api/create-api.js";
import type { AnswerStore } from "./api/idempotency.js";
import { authenticationPages } from "./pages/authentication-pages.js";
import { checkoutPages } from "./pages/checkout-pages.js";
import { portalPages } from "./pages/portal-pages.js";
import type { SandboxRoom } from "./sandbox.js";

/** The API and the hosted pages under one Fetch handler. */
export const createSite = (room: SandboxRoom, answers: AnswerStore): Hono => {
  const site = new Hono();
  site.route("/", createApi(room, answers));
  site.route("/", checkoutPages(room));
  site.route("/", portalPages(room));
  site.route("/", authenticationPages(room));
  site.notFound((context) => context.text(`There is no page at ${context.req.path} in this sandbox.`, 404));
  return site;
};
