import { type Context, seconds } from "../../world/context.js";
import { change, emit } from "../../world/emit.js";
import type { Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";

type PauseType = NonNullable<NonNullable<Subscription["status_details"]>["paused"]>["subscription"]["type"];

/** Makes a subscription `paused` and announces it; `also` changes it in the same step. */
export const enterPause = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  type: PauseType,
  also?: (draft: Subscription) => void,
): void => {
  change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    draft.status = "paused";
    draft.status_details = {
      paused: { subscription: { type }, transitioned_at: seconds(ctx), type: "subscription" },
    };
    also?.(draft);
  });
  emit(world, ctx, "customer.subscription.paused", subscription);
};
