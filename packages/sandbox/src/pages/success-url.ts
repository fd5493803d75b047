import type { CheckoutSession } from "../engine/wire.js";

/** Stripe replaces the template in the address, whether the app encoded its braces or not. */
export function successUrl(session: CheckoutSession): string {
  return (session.success_url ?? "/").replace(/(\{|%7B)CHECKOUT_SESSION_ID(\}|%7D)/gi, session.id);
}
