/** @jsxImportSource hono/jsx */
import type { Context, Hono } from "hono";
import type { Desk } from "../frame/desk.js";
import { kinds } from "../kinds/kinds.js";
import { isFrozen } from "../shared/clock-state.js";
import { SearchView } from "../shared/search-view.js";
import { upcoming } from "../shared/upcoming.js";
import { HomeView } from "./home-view.js";

/** `GET /`: what is going on; `GET /search`: to the object of an id, or to what a word finds. */
export function addHomePages(pages: Hono, desk: Desk): void {
  pages.get("/", (c) => showHome(c, desk));
  pages.get("/search", (c) => search(c, desk));
}

async function showHome(c: Context, desk: Desk) {
  const { room, notes } = desk;
  const frozen = await isFrozen(room);
  return c.html(
    <HomeView
      desk={desk}
      frozen={frozen}
      next={upcoming(room.world, 8)}
      note={notes.find(c.req.query("note"))}
    />,
  );
}

function search(c: Context, desk: Desk) {
  const { world } = desk.room;
  const wanted = (c.req.query("q") ?? "").trim();
  const exact = desk.locate(wanted);
  if (exact) return c.redirect(exact.href, 302);
  if (world.events.some(({ id }) => id === wanted)) return c.redirect(`${desk.base}/events/${wanted}`, 302);
  if (desk.room.requests().some(({ id }) => id === wanted))
    return c.redirect(`${desk.base}/requests/${wanted}`, 302);
  const found =
    wanted === ""
      ? []
      : kinds.flatMap((kind) => {
          const ids = kind.rows(world).flatMap(({ id }) => (kind.answers(world, id, wanted) ? [id] : []));
          return ids.length > 0 ? [{ kind, ids }] : [];
        });
  return c.html(<SearchView desk={desk} wanted={wanted} found={found} />);
}
