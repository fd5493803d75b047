/** @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import {
  findPaymentLink,
  isOpenLink,
  type LinkVisit,
  openPaymentLink,
} from "../../engine/payment-links/open-payment-link.js";
import { StripeError } from "../../engine/world/stripe-error.js";
import type { CheckoutSession, PaymentLink } from "../../engine/world/wire.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { MessagePage } from "../kit/message-page.js";
import { showMissing } from "../kit/show-missing.js";
import { messagesFor } from "../words/messages-for.js";

/** `/b/:token`: where a payment link's `url` leads, which opens a separate checkout for everybody. */
export function paymentLinkPages(room: SandboxRoom): Hono {
  const pages = new Hono();
  pages.get("/b/:token", (c) => {
    const link = findPaymentLink(room.world, c.req.param("token"));
    if (!link) return showMissing(c);
    const language = messagesFor(c.req.header("accept-language"));
    const { closed } = language.text;
    const session = isOpenLink(link) ? open(room, link, visitOf(c)) : undefined;
    if (session) return c.redirect(session.url ?? "/", 303);
    return c.html(
      <MessagePage
        language={language}
        title={closed.inactiveLink}
        text={link.inactive_message ?? closed.inactiveLinkText}
      />,
      410,
    );
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

const visitOf = (c: Context): LinkVisit => ({
  client_reference_id: c.req.query("client_reference_id"),
  locale: c.req.query("locale"),
  locked_prefilled_email: c.req.query("locked_prefilled_email"),
  prefilled_promo_code: c.req.query("prefilled_promo_code"),
});

/** What can no longer be sold, such as a price with a tax rate that is gone, is as good as switched off. */
function open(room: SandboxRoom, link: PaymentLink, visit: LinkVisit): CheckoutSession | undefined {
  try {
    return room.mutate((world, ctx) => openPaymentLink(world, ctx, link, visit));
  } catch (error) {
    if (error instanceof StripeError) return undefined;
    throw error;
  }
}
