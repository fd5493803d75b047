/** @jsxImportSource hono/jsx */
import type { Context } from "hono";
import { raw } from "hono/html";
import type { EmbeddedMessage } from "../../browser/checkout/embedded-message.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { messageCss } from "../kit/message-css.js";
import { Page } from "../kit/page.js";
import { returnUrl } from "../return/success-url.js";
import { messagesFor } from "../words/messages-for.js";
import { findSession } from "./open-checkout.js";

/**
 * What the frame shows once the session is done or expired, or if it never existed; it tells the page around
 * it.
 */
export function showEmbeddedEnd(c: Context, room: SandboxRoom, id: string) {
  const session = findSession(room, id);
  const language = messagesFor(session?.locale, c.req.header("accept-language"));
  const { closed, frame } = language.text;
  const complete = session?.status === "complete";
  const title = complete ? closed.done : session ? closed.expired : frame.notFound;
  const text = complete ? closed.doneText : session ? closed.expiredText : closed.missing;
  const message: EmbeddedMessage | undefined =
    session && complete
      ? { source: "tollgate-checkout", type: "complete", session: session.id, returnUrl: returnUrl(session) }
      : undefined;
  // A "<" in an address must not end the script.
  const data = JSON.stringify(message ?? null).replaceAll("<", "\\u003c");
  return c.html(
    <Page title={title} css={messageCss} language={language} bare>
      <main class="message">
        <div class="card">
          <h1>{title}</h1>
          <p class="muted">
            {session?.custom_text.after_submit?.message && complete
              ? session.custom_text.after_submit.message
              : text}
          </p>
        </div>
      </main>
      <script>{raw(`if (${data} && parent !== window) parent.postMessage(${data}, "*");`)}</script>
    </Page>,
    complete ? 200 : session ? 410 : 404,
  );
}
