import {
  BillingError,
  type Callback,
  type CustomerLink,
  type CustomerProfile,
  type Job,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { waitForTurn } from "./wait-for-turn.js";

/** Each attempt loses only to one that stored something meanwhile. */
export const tries = 12;

/** What becomes of what is known. */
interface ProfileChange {
  readonly profile: CustomerProfile;
  readonly callbacks?: readonly Callback[];
  readonly jobs?: readonly Job[];
}

/**
 * Changes what is known of a customer's email and name, with what follows from it. What somebody else stores meanwhile is
 * decided about again.
 *
 * @param decide `null`: there is nothing to change
 * @returns whether something was changed
 */
export async function changeProfile(
  { store }: Pick<BillingContext, "store">,
  link: CustomerLink,
  decide: (known: CustomerProfile) => ProfileChange | null | Promise<ProfileChange | null>,
): Promise<boolean> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const expected = await store.readProfile(link);
    const change = await decide(expected);
    if (change === null || change.profile === expected) return false;
    const { profile, callbacks = [], jobs = [] } = change;
    if ((await store.saveProfile({ link, expected, profile, callbacks, jobs })) === "saved") return true;
    await waitForTurn(attempt);
  }
  throw tooFast();
}

export function tooFast(): BillingError {
  return new BillingError("store_unavailable", "The customer is changing too fast. Try again.");
}
