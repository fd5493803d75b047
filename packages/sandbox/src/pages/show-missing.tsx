/** @jsxImportSource hono/jsx */
import type { Context } from "hono";
import { MessagePage } from "./message-page.js";

/** One answer for a wrong token, a foreign object and a thing that never was. */
export function showMissing(c: Context) {
  return c.html(
    <MessagePage
      title="Page not found"
      text="This link is not valid any more. Open billing from the app again."
    />,
    404,
  );
}
