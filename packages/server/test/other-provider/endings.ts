import { BillingError, type ProviderEndings } from "@tollgate/core";
import type { Account } from "./account.js";
import { change } from "./acts.js";

/** What runs ends with its period, and that can be withdrawn; reasons have no place here, and nothing pauses. */
export function createEndings(account: Account): ProviderEndings {
  const plan = (id: string, cancelAtPeriodEnd: boolean) => {
    const one = account.subscriptions.get(id);
    if (one === undefined || one.endedAt !== null)
      throw new BillingError("subscription_ended", "It has ended.");
    if (one.cancelAtPeriodEnd !== cancelAtPeriodEnd) change(account, id, { cancelAtPeriodEnd });
  };
  const refuse = async () => {
    throw new BillingError("not_supported", "There are no pauses here.");
  };
  return {
    ends: ["period_end"],
    settlements: ["nothing"],
    keeps: true,
    pauses: [],
    async end({ subscription, at, settlement }) {
      if (at.kind !== "period_end" || settlement !== "nothing")
        throw new BillingError("not_supported", "What is cancelled here runs to its period's end.");
      plan(subscription.id, true);
      return { refunded: null };
    },
    keep: async ({ subscription }) => plan(subscription.id, false),
    pause: refuse,
    resume: refuse,
  };
}
