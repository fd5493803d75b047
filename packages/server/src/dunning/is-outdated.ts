import { type Callback, isNoticeCurrent } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/**
 * Whether a callback that waited, or failed and is tried again, is about what is over: nobody is asked for money that
 * has come in meanwhile, or told of a price that they won't pay.
 */
export async function isOutdated(
  { type, data }: Callback,
  open: () => Promise<Pick<BillingContext, "store">>,
): Promise<boolean> {
  if (type === "price_change.announced") {
    const { store } = await open();
    const entry = (await store.findMigrationEntry(data))?.entry;
    return (
      entry?.effectiveAt !== data.effectiveAt || !["waiting", "planned", "applied"].includes(entry.state)
    );
  }
  if (type !== "dunning.notice") return false;
  const { store } = await open();
  return !isNoticeCurrent(data, await store.findSubscription(data.subscriptionId, data.provider));
}
