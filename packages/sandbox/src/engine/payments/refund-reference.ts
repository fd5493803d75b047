import type { Context } from "../world/context.js";
import type { Due } from "../world/due.js";
import type { Refund } from "../world/wire.js";
import type { World } from "../world/world.js";
import { digitsOf } from "./card-details.js";
import { tellRefundChange } from "./tell-refund-change.js";

/** How long a card's network takes to give a refund its reference, in seconds. */
const referenceTime = 2;

/** Notes the number by which the holder's bank finds the refund, or that there will be none. */
export const giveReference = (refund: Refund, status: "available" | "unavailable" = "available"): void => {
  const { card } = refund.destination_details ?? {};
  if (card?.reference_status !== "pending") return;
  card.reference_status = status;
  if (status === "available") card.reference = digitsOf(refund.id, 16);
};

const announce = (world: World, ctx: Context, refund: Refund): void => {
  giveReference(refund);
  tellRefundChange(world, ctx, refund, {
    destination_details: { card: { reference: null, reference_status: "pending" } },
  });
};

/** A refund that has arrived gets its reference. https://docs.stripe.com/refunds#tracing-refunds */
export const referenceDues = (refund: Refund): Due[] =>
  refund.status === "succeeded" && refund.destination_details?.card?.reference_status === "pending"
    ? [
        {
          id: `${refund.id}/reference`,
          at: refund.created + referenceTime,
          turn: "notice",
          run: (changing, ctx) => announce(changing, ctx, refund),
        },
      ]
    : [];
