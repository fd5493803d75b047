/** @jsxImportSource hono/jsx */
import type { Context, Hono } from "hono";
import type { Desk } from "../frame/desk.js";
import { showNothing } from "../frame/nothing-here.js";
import { sliceOf } from "../frame/paging.js";
import { matches, type RequestFilter } from "./match-request.js";
import { RequestView } from "./request-view.js";
import { RequestsView } from "./requests-view.js";

/** `GET /requests` and `/requests/:id`: what was asked of the API. */
export function addRequestPages(pages: Hono, desk: Desk): void {
  pages.get("/requests", (c) => showRequests(c, desk));
  pages.get("/requests/:id", (c) => showRequest(c, desk));
}

function showRequests(c: Context, desk: Desk) {
  const asked = (name: string) => (c.req.query(name) ?? "").trim();
  const filter: RequestFilter = {
    method: asked("method"),
    path: asked("path"),
    status: asked("status"),
    customer: asked("customer"),
  };
  const { world } = desk.room;
  const rows = desk.room
    .requests()
    .filter((request) => matches(world, request, filter))
    .reverse();
  return c.html(<RequestsView desk={desk} slice={sliceOf(rows, c.req.query("page"))} filter={filter} />);
}

function showRequest(c: Context, desk: Desk) {
  const request = desk.room.requests().find(({ id }) => id === c.req.param("id"));
  if (!request) return showNothing(c, desk, "request in the log");
  const base = desk.room.mutate((_world, { baseUrl }) => baseUrl);
  return c.html(<RequestView desk={desk} request={request} base={base} />);
}
