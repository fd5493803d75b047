import { createSetupIntent } from "../../payments/setup-intent.js";
import { readThreeDSecure } from "../../payments/three-d-secure.js";
import type { Context } from "../../world/context.js";
import { find } from "../../world/find.js";
import type { SetupIntent } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { HiddenCheckout } from "./checkout-order.js";

type Place = { world: World; ctx: Context; hidden: HiddenCheckout };

/** The intent that keeps a session's card: the one it has, or a new one with what the app said about it. */
export const checkoutSetupIntent = (
  { world, ctx, hidden }: Place,
  customer: string | null = hidden.progress.customer,
): SetupIntent => {
  const earlier = find(world.setupIntents, hidden.progress.setupIntent);
  if (earlier) {
    earlier.customer = customer;
    return earlier;
  }
  const data = hidden.order.setup_intent_data;
  const intent = createSetupIntent(world, ctx, {
    customer,
    threeDSecure: readThreeDSecure(hidden.order.payment_method_options),
    configuration: hidden.order.payment_method_configuration,
    ...(data?.metadata ? { metadata: data.metadata } : {}),
    ...(data?.description ? { description: data.description } : {}),
  });
  hidden.progress.setupIntent = intent.id;
  return intent;
};
