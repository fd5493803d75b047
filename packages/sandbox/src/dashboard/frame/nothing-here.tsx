/** @jsxImportSource hono/jsx */
import type { Context } from "hono";
import type { Desk } from "./desk.js";
import { Frame } from "./frame.js";

/** What isn't there, or no longer is: a 404 that shows a way on. */
export function showNothing(c: Context, desk: Desk, what = "page") {
  return c.html(
    <Frame desk={desk} title="Not found">
      <header>
        <h1>There is no such {what}</h1>
        <p class="muted">It may have been deleted, or the sandbox was reset since.</p>
      </header>
      <p>
        <a href={desk.base}>Back to the dashboard</a>
      </p>
    </Frame>,
    404,
  );
}
