import { type Context, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import type { Charge, EarlyFraudWarning } from "../world/wire.js";
import type { World } from "../world/world.js";

/** A card's network expects a payment to be contested as fraud. https://docs.stripe.com/disputes/measuring#early-fraud-warnings */
export const warnOfFraud = (world: World, ctx: Context, charge: Charge): EarlyFraudWarning => {
  const warning: EarlyFraudWarning = {
    id: ctx.ids.id("issfr"),
    object: "radar.early_fraud_warning",
    actionable: true,
    charge: charge.id,
    created: seconds(ctx),
    fraud_type: "misc",
    livemode: false,
    ...(charge.payment_intent === null ? {} : { payment_intent: charge.payment_intent as string }),
  };
  world.earlyFraudWarnings[warning.id] = warning;
  emit(world, ctx, "radar.early_fraud_warning.created", warning);
  return warning;
};

/** A charge that is disputed or wholly given back leaves nothing to be done about its warnings. */
export const answerWarnings = (world: World, ctx: Context, charge: Charge): void => {
  for (const warning of Object.values(world.earlyFraudWarnings))
    if (warning.charge === charge.id)
      change(world, ctx, "radar.early_fraud_warning.updated", warning, (draft) => {
        draft.actionable = false;
      });
};
