import { type Context, day, seconds } from "../world/context.js";
import type { Due } from "../world/due.js";
import { change, emit } from "../world/emit.js";
import { find } from "../world/find.js";
import type { Charge, Dispute } from "../world/wire.js";
import type { World } from "../world/world.js";
import { bookDispute } from "./balance-transaction.js";
import { failRefunds } from "./fail-refund.js";

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

/** The last second in which a dispute can be answered, eight days after the one on which it opened. */
export const answerUntil = (ctx: Context): number => (Math.floor(seconds(ctx) / day) + 9) * day - 1;

/** The issuer was not convinced by the answer to an inquiry: it takes the money, and what was given back meanwhile returns. */
const escalateInquiry = (world: World, ctx: Context, dispute: Dispute): void => {
  const charge = chargeOf(world, dispute);
  change(world, ctx, "charge.dispute.updated", dispute, (draft) => {
    draft.status = "needs_response";
    draft.is_charge_refundable = false;
    draft.evidence_details.due_by = answerUntil(ctx);
    const card = draft.payment_method_details?.card;
    if (card) Object.assign(card, { case_type: "chargeback", network_reason_code: "10.4" });
    bookDispute(world, ctx, draft, -1);
  });
  emit(world, ctx, "charge.dispute.funds_withdrawn", dispute);
  if (charge) failRefunds(world, ctx, charge, dispute.created);
};

/** How long an issuer looks at evidence that decides, in seconds. */
export const reviewTime = 5;

type Decision = { at: number | undefined; what: string; run: typeof winDispute };

/** A dispute whose evidence decides it; it hangs on its charge, which knows the customer's clock. */
export const disputeDues = (world: World, charge: Charge): Due[] => {
  if (!charge.disputed) return [];
  return Object.values(world.disputes).flatMap((dispute) => {
    if (dispute.charge !== charge.id || !isOpen(dispute)) return [];
    const escalated = isInquiry(dispute) ? find(world.hidden.inquiriesEscalated, dispute.id) : undefined;
    const decisions: Decision[] = [
      { at: find(world.hidden.disputesWon, dispute.id), what: "win", run: winDispute },
      { at: escalated, what: "escalate", run: escalateInquiry },
    ];
    return decisions.flatMap(({ at, what, run }): Due[] => {
      const id = `${dispute.id}/${what}`;
      return at === undefined
        ? []
        : [{ id, at, turn: "collect", run: (changing, ctx) => run(changing, ctx, dispute) }];
    });
  });
};
