/** @jsxImportSource hono/jsx */
import type { Context, Hono } from "hono";
import type { Desk } from "../frame/desk.js";
import { showNothing } from "../frame/nothing-here.js";
import { sliceOf } from "../frame/paging.js";
import { kindAt } from "../kinds/find-object.js";
import { KindView } from "../kinds/kind-view.js";
import { KindsView } from "../kinds/kinds-view.js";
import { ObjectView } from "./object-view.js";

/** `GET /objects`, `/objects/:kind` and `/objects/:kind/:id`. */
export function addObjectPages(pages: Hono, desk: Desk): void {
  pages.get("/objects", (c) => c.html(<KindsView desk={desk} />));
  pages.get("/objects/:kind", (c) => showKind(c, desk));
  pages.get("/objects/:kind/:id", (c) => showObject(c, desk));
}

function showKind(c: Context, desk: Desk) {
  const kind = kindAt(c.req.param("kind") ?? "");
  if (!kind) return showNothing(c, desk, "kind of object");
  const { world } = desk.room;
  const wanted = (c.req.query("q") ?? "").trim();
  const rows = kind.rows(world).filter(({ id }) => wanted === "" || kind.answers(world, id, wanted));
  const slice = sliceOf(rows, c.req.query("page"));
  return c.html(<KindView desk={desk} kind={kind} wanted={wanted} slice={slice} />);
}

function showObject(c: Context, desk: Desk) {
  const [kind, id] = [kindAt(c.req.param("kind") ?? ""), c.req.param("id") ?? ""];
  const row = kind?.row(desk.room.world, id);
  if (!kind || !row) return showNothing(c, desk, "object");
  return c.html(<ObjectView desk={desk} kind={kind} row={row} note={desk.notes.find(c.req.query("note"))} />);
}
