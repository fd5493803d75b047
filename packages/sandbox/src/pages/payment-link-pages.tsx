/** @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { findPaymentLink, isOpenLink, openPaymentLink } from "../engine/payment-link.js";
import type { SandboxRoom } from "../sandbox.js";
import { MessagePage } from "./message-page.js";
import { messagesFor } from "./messages-for.js";
import { showMissing } from "./show-missing.js";

/** `/b/:token`: where a payment link's `url` leads, which is a checkout of its own for everybody. */
export function paymentLinkPages(room: SandboxRoom): Hono {
  const pages = new Hono();
  pages.get("/b/:token", (c) => {
    const link = findPaymentLink(room.world, c.req.param("token"));
    if (!link) return showMissing(c);
    const language = messagesFor(c.req.header("accept-language"));
    const { closed } = language.text;
    if (!isOpenLink(room.world, link))
      return c.html(
        <MessagePage
          language={language}
          title={closed.inactiveLink}
          text={link.inactive_message ?? closed.inactiveLinkText}
        />,
        410,
      );
    const session = room.mutate((world, ctx) => openPaymentLink(world, ctx, link));
    return c.redirect(session.url ?? "/", 303);
  });
  pages.get("/b/:token/done", (c) => {
    const link = findPaymentLink(room.world, c.req.param("token"));
    if (!link) return showMissing(c);
    const language = messagesFor(c.req.header("accept-language"));
    const { closed } = language.text;
    const message = link.after_completion.hosted_confirmation?.custom_message;
    return c.html(<MessagePage language={language} title={closed.done} text={message ?? closed.doneText} />);
  });
  return pages;
}
