/** @jsxImportSource hono/jsx */
import type { Context } from "hono";
import { merchantName } from "../../engine/endpoints/merchant-name.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { MessagePage } from "../kit/message-page.js";
import { successUrl } from "../return/success-url.js";
import { messagesFor } from "../words/messages-for.js";
import { findSession } from "./open-checkout.js";

/** What replaces a checkout page: done, expired, or never there. */
export function showClosedCheckout(c: Context, room: SandboxRoom, id: string) {
  const session = findSession(room, id);
  const merchant = merchantName(room.world);
  const language = messagesFor(session?.locale, c.req.header("accept-language"));
  const { closed, frame } = language.text;
  if (session?.status === "complete") {
    const custom = session.custom_text.after_submit?.message;
    return c.html(
      <MessagePage language={language} title={closed.done} text={custom ?? closed.doneText}>
        <a class="button primary" href={successUrl(session)}>
          {closed.returnTo(merchant)}
        </a>
      </MessagePage>,
    );
  }
  if (session) {
    return c.html(
      <MessagePage language={language} title={closed.expired} text={closed.expiredText}>
        {session.cancel_url ? (
          <a class="button primary" href={session.cancel_url}>
            {closed.returnTo(merchant)}
          </a>
        ) : null}
      </MessagePage>,
      410,
    );
  }
  return c.html(<MessagePage language={language} title={frame.notFound} text={closed.missing} />, 404);
}
