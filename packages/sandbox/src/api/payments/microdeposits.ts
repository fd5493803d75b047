import { verifyDeposits } from "../../engine/paying/authenticate-intent.js";
import type { Deposits } from "../../engine/payments/microdeposits.js";
import { refuseWith } from "../../engine/payments/unexpected-state.js";
import type { Context } from "../../engine/world/context.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import type { PaymentIntent, SetupIntent } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { route } from "../params/route.js";
import { atPayer } from "./confirmation.js";
import { needPaymentIntent } from "./intent-words.js";
import { needSetupIntent } from "./setup-intents.js";

/** An intent waits for small deposits only if it was confirmed with `verification_method` `microdeposits`. */
const needWaiting = (intent: PaymentIntent | SetupIntent): void => {
  if (intent.status === "requires_action" && intent.next_action?.type === "verify_with_microdeposits") return;
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

const verify = <I extends PaymentIntent | SetupIntent>(
  world: World,
  now: Context,
  intent: I,
  given: Deposits,
): I => {
  needWaiting(intent);
  verifyDeposits(world, atPayer(world, now, intent.customer as string | null), intent.id, given);
  return intent;
};

/** `/v1/payment_intents/:id/verify_microdeposits`, and that of a setup */
export const microdepositRoutes = [
  route(
    "POST /v1/payment_intents/:id/verify_microdeposits",
    ["amounts", "descriptor_code"],
    ({ world, ctx, id, params }) => verify(world, ctx, needPaymentIntent(world, id), params),
  ),
  route(
    "POST /v1/setup_intents/:id/verify_microdeposits",
    ["amounts", "descriptor_code"],
    ({ world, ctx, id, params }) => verify(world, ctx, needSetupIntent(world, id), params),
  ),
];
