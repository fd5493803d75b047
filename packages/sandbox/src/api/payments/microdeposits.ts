import { refuseWith } from "../../engine/payments/unexpected-state.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import type { PaymentIntent, SetupIntent } from "../../engine/world/wire.js";
import { route } from "../params/route.js";
import { needPaymentIntent } from "./intent-words.js";
import { needSetupIntent } from "./setup-intents.js";

/**
 * Bank accounts are verified at once here, so no intent ever waits for small deposits.
 * https://docs.stripe.com/payments/ach-direct-debit/accept-a-payment#verify-with-microdeposits
 */
const refuse = (intent: PaymentIntent | SetupIntent): never => {
  const kind = intent.object === "payment_intent" ? "PaymentIntent" : "SetupIntent";
  throw refuseWith(
    intent,
    invalidRequest(
      intent.status === "requires_action"
        ? `This ${kind} does not wait for microdeposits.`
        : `This ${kind} cannot be actioned on because it has a status of ${intent.status}. Only a ${kind} with one of ` +
            `the following statuses may be actioned on: ["requires_action"].`,
      "intent_invalid_state",
    ),
  );
};

/** `/v1/payment_intents/:id/verify_microdeposits`, and that of a setup */
export const microdepositRoutes = [
  route("POST /v1/payment_intents/:id/verify_microdeposits", [], ({ world, id }) =>
    refuse(needPaymentIntent(world, id)),
  ),
  route("POST /v1/setup_intents/:id/verify_microdeposits", [], ({ world, id }) =>
    refuse(needSetupIntent(world, id)),
  ),
];
