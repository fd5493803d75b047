import type { Callback, StoreTransaction } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { wantedCallbacks } from "./wanted-callbacks.js";

/** Puts those callbacks into the outbox that the app listens to. */
export async function enqueueCallbacks(
  tx: StoreTransaction,
  context: BillingContext,
  callbacks: readonly Callback[],
): Promise<void> {
  const wanted = wantedCallbacks(context, callbacks);
  if (wanted.length > 0) await tx.enqueueCallbacks(wanted);
}
