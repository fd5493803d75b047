import type { Due } from "./due.js";
import { expireCheckoutSession } from "./expire-checkout-session.js";
import type { CheckoutSession } from "./wire.js";
import type { World } from "./world.js";

/** An open checkout session expires. */
export const checkoutDues = (_world: World, session: CheckoutSession): Due[] =>
  session.status === "open"
    ? [
        {
          id: `${session.id}/expire`,
          at: session.expires_at,
          turn: "expire",
          run: (world, ctx) => void expireCheckoutSession(world, ctx, session.id),
        },
      ]
    : [];
