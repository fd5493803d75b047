import type { CheckoutSession } from "../../engine/world/wire.js";

/** Stripe replaces the template in the address, whether the app encoded its braces or not. */
const fill = (address: string, session: CheckoutSession): string =>
  address.replace(/(\{|%7B)CHECKOUT_SESSION_ID(\}|%7D)/gi, session.id);

/** Where a completed session leads: a hosted one's `success_url`, else its `return_url`. */
export function successUrl(session: CheckoutSession): string {
  return fill(session.success_url ?? session.return_url ?? "/", session);
}

/** Where a completed embedded session leads by itself, or null if it stays. */
export function returnUrl(session: CheckoutSession): string | null {
  const stays =
    session.redirect_on_completion === "never" || session.redirect_on_completion === "if_required";
  return stays || session.return_url === undefined ? null : fill(session.return_url, session);
}
