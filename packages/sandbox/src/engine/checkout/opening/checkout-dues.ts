import type { Due } from "../../world/due.js";
import type { CheckoutSession } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { expireCheckoutSession } from "./expire-checkout-session.js";

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
