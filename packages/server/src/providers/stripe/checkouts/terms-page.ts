import { BillingError } from "@tollgate/core";
import { stripeErrorOf } from "../client/to-provider-error.js";

/** What is known of the page of terms in the account: no API tells it, but Stripe refuses checkouts without. */
export interface TermsPage {
  /** @throws BillingError `invalid_options` where Stripe refuses for the lack of it */
  watch<T>(request: Promise<T>): Promise<T>;
  /** What its last answer showed; empty: nothing that is wrong. */
  problems(): readonly string[];
}

const missing =
  "Checkouts ask people to accept your terms of service (`consent`), and Stripe refuses them all: the account has no " +
  "address of your terms. Add it at https://dashboard.stripe.com/settings/public, in test and in live mode, or leave out " +
  "`consent.terms` of stripe().";

/** Remembers, for as long as the process lives, how Stripe answered the last checkout that asked for terms. */
export function createTermsPage({ terms }: { readonly terms: boolean }): TermsPage {
  let isMissing = false;
  return {
    async watch(request) {
      try {
        const answer = await request;
        isMissing = false;
        return answer;
      } catch (error) {
        if (!terms || !isRefused(error)) throw error;
        isMissing = true;
        const publicMessage = "The checkout is not set up yet.";
        throw new BillingError("invalid_options", missing, { cause: error, publicMessage });
      }
    },
    problems: () => (isMissing ? [missing] : []),
  };
}

/** It names neither a code nor a parameter. */
function isRefused(error: unknown): boolean {
  return (
    stripeErrorOf(error)?.message.startsWith("You cannot collect consent to your terms of service") === true
  );
}
