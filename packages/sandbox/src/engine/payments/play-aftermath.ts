import { behaviourOf } from "../methods/card-memory.js";
import type { Context } from "../world/context.js";
import type { Charge } from "../world/wire.js";
import type { World } from "../world/world.js";
import { type DisputeKind, openDispute } from "./dispute.js";

/** The money has arrived: what the card is known for happens now. */
export const playAftermath = (world: World, ctx: Context, charge: Charge): void => {
  const { aftermath } = behaviourOf(world, charge.payment_method ?? "");
  if (aftermath?.startsWith("dispute_")) openDispute(world, ctx, charge, aftermath as DisputeKind);
};
