import type { Context } from "../world/context.js";
import type { Due } from "../world/due.js";
import { change, emit } from "../world/emit.js";
import { find } from "../world/find.js";
import type { Charge, Dispute } from "../world/wire.js";
import type { World } from "../world/world.js";
import { bookDispute } from "./balance-transaction.js";

/** Whether nobody has decided yet. */
export const isOpen = (dispute: Dispute): boolean =>
  ["needs_response", "warning_needs_response", "under_review", "warning_under_review"].includes(
    dispute.status,
  );

/** Whether it only asks. */
export const isInquiry = (dispute: Dispute): boolean => dispute.status.startsWith("warning_");

const chargeOf = (world: World, { charge }: Dispute): Charge | undefined =>
  find<Charge>(world.charges, charge as string);

/** Its charge says that something about it changed, though not what. */
export const tellCharge = (world: World, ctx: Context, dispute: Dispute): void => {
  const charge = chargeOf(world, dispute);
  if (charge) emit(world, ctx, "charge.updated", charge);
};

/** The issuer decides against the account. */
export const loseDispute = (world: World, ctx: Context, dispute: Dispute): void => {
  change(world, ctx, "charge.dispute.closed", dispute, (draft) => {
    draft.status = isInquiry(dispute) ? "warning_closed" : "lost";
  });
  tellCharge(world, ctx, dispute);
};

/** The issuer takes back what it claimed: the money returns before the dispute is closed. */
export const winDispute = (world: World, ctx: Context, dispute: Dispute): void => {
  const before = { is_charge_refundable: dispute.is_charge_refundable, status: dispute.status };
  const asked = isInquiry(dispute);
  dispute.status = asked ? "warning_closed" : "won";
  dispute.is_charge_refundable = true;
  if (!asked) {
    bookDispute(world, ctx, dispute, 1);
    emit(world, ctx, "charge.dispute.funds_reinstated", dispute);
  }
  emit(world, ctx, "charge.dispute.closed", dispute, before);
};

/** How long an issuer looks at winning evidence, in seconds. */
export const reviewTime = 5;

/** A dispute whose evidence wins is decided; it hangs on its charge, which knows the customer's clock. */
export const disputeDues = (world: World, charge: Charge): Due[] => {
  if (!charge.disputed) return [];
  return Object.values(world.disputes).flatMap((dispute) => {
    const at = find(world.hidden.disputesWon, dispute.id);
    if (at === undefined || dispute.charge !== charge.id || !isOpen(dispute)) return [];
    return [
      {
        id: `${dispute.id}/win`,
        at,
        turn: "collect" as const,
        run: (changing, ctx) => winDispute(changing, ctx, dispute),
      },
    ];
  });
};
