import type { World } from "../engine/world/world.js";
import type { OlderAnswers } from "./change.js";

const disputeOf = (world: World, charge: string): string | null =>
  Object.values(world.disputes).find((dispute) => dispute.charge === charge)?.id ?? null;

/**
 * What Stripe's answers have in every version and the SDK no longer declares: as recorded on an account of
 * 2026-08-26.dahlia. A charge's dispute is what the SDK declared until version 8, and a subscription of several
 * prices has no plan of its own: https://docs.stripe.com/api/subscriptions/object?api-version=2020-08-27
 */
export const wireOnly: OlderAnswers = {
  charge: ({ disputed, id }, world) => ({
    destination: null,
    dispute: disputed ? disputeOf(world, id) : null,
    order: null,
  }),
  dispute: ({ balance_transactions: [first] }) => ({ balance_transaction: first?.id ?? null }),
  subscription: ({ items: { data } }) => {
    const [item, ...others] = data;
    const single = others.length === 0 ? item : undefined;
    return { plan: single ? structuredClone(single.plan) : null, quantity: single?.quantity ?? null };
  },
};
