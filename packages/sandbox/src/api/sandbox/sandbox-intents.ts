import { authenticateIntent } from "../../engine/paying/authenticate-intent.js";
import { missing } from "../../engine/world/stripe-error.js";
import { lookup } from "../answers/lookup.js";
import { choice, required, text } from "../params/fields.js";
import { ownRoute } from "../params/route.js";

/** `/v1/sandbox/intents`: not Stripe's; the Stripe.js stand-in answers the bank's question here. */
export const sandboxIntentRoutes = [
  ownRoute(
    "POST",
    "/v1/sandbox/intents/:id/authenticate",
    { client_secret: text(), outcome: required(choice("succeed", "fail")) },
    ({ world, ctx, id, params }) => {
      authenticateIntent(world, ctx, id, params.outcome);
      const intent = lookup(world, id);
      if (!intent) throw missing("payment_intent", id);
      return intent;
    },
    { publishable: true },
  ),
];
