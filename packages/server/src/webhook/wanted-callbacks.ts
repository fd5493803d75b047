import type { Callback } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";

/** Those callbacks that the app listens to. */
export function wantedCallbacks(
  context: BillingContext,
  callbacks: readonly Callback[],
): readonly Callback[] {
  return callbacks.filter(({ type }) => context.on[type] !== undefined);
}
