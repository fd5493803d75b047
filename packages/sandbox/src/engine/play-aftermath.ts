import { behaviourOf } from "./card-memory.js";
import type { Context } from "./context.js";
import { type DisputeKind, openDispute } from "./dispute.js";
import type { Charge } from "./wire.js";
import type { World } from "./world.js";

/** The money is there: what the card is known for happens now. */
export const playAftermath = (world: World, ctx: Context, charge: Charge): void => {
  const { aftermath } = behaviourOf(world, charge.payment_method ?? "");
  if (aftermath?.startsWith("dispute_")) openDispute(world, ctx, charge, aftermath as DisputeKind);
};
