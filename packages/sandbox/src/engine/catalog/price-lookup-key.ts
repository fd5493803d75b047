import type { Context } from "../world/context.js";
import { change } from "../world/emit.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Price } from "../world/wire.js";
import type { World } from "../world/world.js";
import { showPrice } from "./show-price.js";

export type KeyClaim = {
  lookup_key?: string | null | undefined;
  transfer_lookup_key?: boolean | undefined;
};

const holderOf = (world: World, { lookup_key: key }: KeyClaim, own: string | null): Price | undefined =>
  key ? Object.values(world.prices).find((price) => price.lookup_key === key && price.id !== own) : undefined;

/** A lookup key belongs to one price at a time, active or not; it is refused unless it is transferred. */
export const checkLookupKey = (world: World, claim: KeyClaim, own: string | null): void => {
  if (claim.lookup_key && claim.lookup_key.length > 200)
    throw invalidRequest(
      "Invalid string: lookup_key must be at most 200 characters.",
      undefined,
      "lookup_key",
    );
  const holder = holderOf(world, claim, own);
  if (!holder || claim.transfer_lookup_key) return;
  throw invalidRequest(`A price (\`${holder.id}\`) already uses that lookup key.`, undefined, "lookup_key");
};

/** Takes a checked key from the price that holds it. */
export const claimLookupKey = (world: World, ctx: Context, claim: KeyClaim, own: string | null): void => {
  const holder = holderOf(world, claim, own);
  if (!holder) return;
  change(world, ctx, "price.updated", holder, (draft) => {
    draft.lookup_key = null;
  });
  showPrice(world, holder.id);
};
