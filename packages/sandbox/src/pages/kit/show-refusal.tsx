/** @jsxImportSource hono/jsx */
import type { Context } from "hono";
import { StripeError } from "../../engine/world/stripe-error.js";
import { messagesFor } from "../words/messages-for.js";
import { MessagePage } from "./message-page.js";

/** What the engine refused and no page explained, such as a second click on what is already done. */
export function showRefusal(error: Error, c: Context) {
  if (!(error instanceof StripeError)) throw error;
  const language = messagesFor(c.req.header("accept-language"));
  return c.html(
    <MessagePage language={language} title={language.text.frame.refused} text={error.body.message} />,
    400,
  );
}
