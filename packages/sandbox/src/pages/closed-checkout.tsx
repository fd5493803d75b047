/** @jsxImportSource hono/jsx */
import type { Context } from "hono";
import type { SandboxRoom } from "../sandbox.js";
import { merchantName } from "./merchant-name.js";
import { MessagePage } from "./message-page.js";
import { findSession } from "./open-checkout.js";
import { successUrl } from "./success-url.js";

/** What stands where a checkout page was: done, expired, or never there. */
export function showClosedCheckout(c: Context, room: SandboxRoom, id: string) {
  const session = findSession(room, id);
  const merchant = merchantName(room.world);
  if (session?.status === "complete") {
    return c.html(
      <MessagePage title="All done" text="This checkout is complete. You don’t need to do anything else.">
        <a class="button primary" href={successUrl(session)}>
          Return to {merchant}
        </a>
      </MessagePage>,
    );
  }
  if (session) {
    return c.html(
      <MessagePage
        title="This page has expired"
        text="Nothing was charged. Go back and start again for a new page."
      >
        {session.cancel_url ? (
          <a class="button primary" href={session.cancel_url}>
            Return to {merchant}
          </a>
        ) : null}
      </MessagePage>,
      410,
    );
  }
  return c.html(
    <MessagePage title="Page not found" text="There is no such checkout page. Check the address." />,
    404,
  );
}
