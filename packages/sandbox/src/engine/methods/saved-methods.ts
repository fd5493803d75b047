import type { CheckoutSession, PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";

/** The customer's cards that the session may offer again, newest first. */
export function savedMethods(world: World, session: CheckoutSession): PaymentMethod[] {
  if (typeof session.customer !== "string") return [];
  const shown: string[] = session.saved_payment_method_options?.allow_redisplay_filters ?? ["always"];
  return Object.values(world.paymentMethods)
    .filter(
      (method) =>
        method.customer === session.customer &&
        method.card &&
        shown.includes(method.allow_redisplay ?? "unspecified"),
    )
    .reverse();
}
