import type { Context } from "../world/context.js";
import { emit } from "../world/emit.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { previousAttributes } from "../world/previous-attributes.js";
import type { Refund } from "../world/wire.js";
import type { World } from "../world/world.js";

/** Announces that a refund changed; Stripe announces it twice. */
export const tellRefundChange = (
  world: World,
  ctx: Context,
  refund: Refund,
  previous: Record<string, unknown>,
): void => {
  emit(world, ctx, "charge.refund.updated", refund, previous);
  emit(world, ctx, "refund.updated", refund, previous);
};

/** Changes what the app noted about a refund. */
export const updateRefund = (
  world: World,
  ctx: Context,
  refund: Refund,
  metadata?: MetadataChange,
): Refund => {
  const before = structuredClone({ metadata: refund.metadata });
  refund.metadata = mergeMetadata(refund.metadata ?? {}, metadata);
  const previous = previousAttributes(before, { metadata: refund.metadata });
  if (Object.keys(previous).length > 0) tellRefundChange(world, ctx, refund, previous);
  return refund;
};
