/** @jsxImportSource hono/jsx */
import type { Context } from "hono";
import { messagesFor } from "../words/messages-for.js";
import { MessagePage } from "./message-page.js";

/** One answer for a wrong token, somebody else's object and a thing that never existed. */
export function showMissing(c: Context) {
  const language = messagesFor(c.req.header("accept-language"));
  const { frame, portal } = language.text;
  return c.html(<MessagePage language={language} title={frame.notFound} text={portal.invalidLink} />, 404);
}
