import { behaviourOf } from "../methods/card-memory.js";
import type { Context } from "../world/context.js";
import type { Charge } from "../world/wire.js";
import type { World } from "../world/world.js";
import { type DisputeKind, openDispute } from "./dispute.js";
import { warnOfFraud } from "./early-fraud-warning.js";

/** The money has arrived: what the card is known for happens now. */
export const playAftermath = (world: World, ctx: Context, charge: Charge): void => {
  const { aftermath } = behaviourOf(world, charge.payment_method ?? "");
  if (aftermath === "early_fraud_warning") warnOfFraud(world, ctx, charge);
  if (aftermath?.startsWith("dispute_")) openDispute(world, ctx, charge, aftermath as DisputeKind);
};
