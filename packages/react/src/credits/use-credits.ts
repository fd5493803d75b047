"use client";

import type { BillingError, CreditsSummary } from "@tollgate/core";
import { useAccess } from "../access/use-access.js";

interface CreditsActions {
  /** Asks the server again; what is known stays until it answers. */
  readonly refresh: () => Promise<void>;
  /** Whether the server is being asked now. */
  readonly fetching: boolean;
}

/** What is left of one of the catalog's credits, as far as it is known. */
export type UseCredits = CreditsActions &
  (
    | { readonly status: "loading" | "signed_out"; readonly balance: null; readonly error: null }
    | {
        readonly status: "ready";
        readonly balance: CreditsSummary;
        /** Why the last refresh failed; `balance` is still the one from before it. */
        readonly error: BillingError | null;
      }
    | {
        readonly status: "failed";
        readonly balance: null;
        /** `null`: the server answered, and could not read them, or the catalog has no such credits. */
        readonly error: BillingError | null;
      }
  );

/**
 * What the signed-in customer has of one of the catalog's credits: how many are available, held and owed, and what
 * expires next. It comes with what `useAccess` knows, and asks for nothing of its own.
 *
 * @example
 * const { balance } = useCredits("tokens");
 * const left = balance?.available ?? 0;
 */
export function useCredits(credit: string): UseCredits {
  const { status, state, error, refresh, fetching } = useAccess();
  const credits = state?.credits;
  const balance = (credits && Object.hasOwn(credits, credit) && credits[credit]) || null;
  // Status, balance and error belong together as what is read has them, which the compiler can't follow.
  return {
    ...{ status: status === "ready" && balance === null ? "failed" : status, balance, error },
    ...{ refresh, fetching },
  } as UseCredits;
}
