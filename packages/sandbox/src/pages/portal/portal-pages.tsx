/** @jsxImportSource hono/jsx */
import { Hono } from "hono";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { MessagePage } from "../kit/message-page.js";
import { showMissing } from "../kit/show-missing.js";
import { addCancelPages } from "./portal-cancel.js";
import { addCardPages } from "./portal-card.js";
import { addDetailPages } from "./portal-details.js";
import { PortalOverview } from "./portal-overview.js";
import { addPausePages } from "./portal-pause.js";
import { flowPath, openPortal } from "./portal-room.js";
import { addSwitchPages } from "./portal-switch.js";

/** `/p/session/:token`: where a portal session's `url` leads. */
export function portalPages(sandbox: SandboxRoom): Hono {
  const pages = new Hono();
  pages.get("/p/session/:token", (c) => {
    const room = openPortal(sandbox, c);
    if (!room) return showMissing(c);
    const path = c.req.query("home") ? undefined : flowPath(room);
    if (path !== undefined) return c.redirect(path, 302);
    return c.html(<PortalOverview room={{ ...room, flow: null }} done={c.req.query("done")} />);
  });
  pages.get("/p/session/:token/done", (c) => {
    const room = openPortal(sandbox, c);
    if (!room) return showMissing(c);
    const message = room.flow?.after_completion.hosted_confirmation?.custom_message;
    const { closed, portal } = room.language.text;
    const returnUrl = room.view.session.return_url;
    return c.html(
      <MessagePage language={room.language} title={closed.done} text={message ?? portal.saved}>
        {returnUrl ? (
          <a class="button primary" href={returnUrl}>
            {closed.returnTo(room.merchant)}
          </a>
        ) : null}
      </MessagePage>,
    );
  });
  addCancelPages(pages, sandbox);
  addSwitchPages(pages, sandbox);
  addCardPages(pages, sandbox);
  addDetailPages(pages, sandbox);
  addPausePages(pages, sandbox);
  return pages;
}
