import { behaviourOf } from "../methods/card-memory.js";
import { type Context, day } from "../world/context.js";
import type { Due } from "../world/due.js";
import { find } from "../world/find.js";
import type { Charge, Refund } from "../world/wire.js";
import type { World } from "../world/world.js";
import { failRefund } from "./fail-refund.js";
import { isBankDebit } from "./payment-fee.js";
import { giveReference, referenceDues } from "./refund-reference.js";
import { tellRefundChange } from "./tell-refund-change.js";

/** Stripe says "some time later" of its test cards; a transfer to a bank takes some days. */
const delays = { bank: 3 * day, card: 300 } as const;

type End = { at: number; outcome: "failed" | "succeeded" };

/** What happens to a refund after it was made, if anything does. https://docs.stripe.com/testing#refunds */
export const endOf = (world: World, refund: Refund, charge: Charge): End | undefined => {
  if (isBankDebit(charge)) return { at: refund.created + delays.bank, outcome: "succeeded" };
  const { aftermath } = behaviourOf(world, charge.payment_method ?? "");
  const at = refund.created + delays.card;
  if (aftermath === "refund_pending") return { at, outcome: "succeeded" };
  return aftermath === "refund_fails" ? { at, outcome: "failed" } : undefined;
};

const succeed = (world: World, ctx: Context, refund: Refund): void => {
  const { pending_reason, status } = refund;
  refund.status = "succeeded";
  delete refund.pending_reason;
  giveReference(refund);
  tellRefundChange(world, ctx, refund, { ...(pending_reason ? { pending_reason } : {}), status });
};

/** A refund on its way arrives, or turns out not to have arrived. */
export const refundDues = (world: World, refund: Refund): Due[] => {
  const charge = find<Charge>(world.charges, refund.charge as string | null);
  // What only released held money has nothing to send.
  if (!charge || refund.balance_transaction === null) return [];
  const end = endOf(world, refund, charge);
  if (!end || refund.status === end.outcome || refund.status === "failed") return referenceDues(refund);
  return [
    {
      id: `${refund.id}/end`,
      at: end.at,
      turn: "collect",
      run: (changing, ctx) =>
        end.outcome === "failed" ? failRefund(changing, ctx, refund, charge) : succeed(changing, ctx, refund),
    },
  ];
};
