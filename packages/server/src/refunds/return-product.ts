import { toPurchase } from "../checkouts/settle-checkout.js";
import type { BillingContext } from "../context/billing-context.js";

/**
 * Takes back a product whose payment went back, or gives it again where that did not last. One whose own event has not
 * come yet is kept first, as the provider has it, so that the event can't bring it back.
 *
 * @param input.by the refund or dispute
 */
export async function returnProduct(
  context: BillingContext,
  input: {
    readonly checkoutId: string;
    readonly customerId: string;
    readonly by: string;
    readonly isGone: boolean;
  },
): Promise<void> {
  const { store, provider, clock, logger } = context;
  const { checkoutId, customerId, by, isGone } = input;
  if (isGone && (await store.findPurchase(checkoutId, provider.id)) === null) {
    const checkout = await provider.checkout.read(checkoutId);
    const owner = { id: checkoutId, provider: provider.id, customerId };
    const purchase = checkout && toPurchase(context, owner, checkout);
    if (purchase !== null) await store.settleCheckout({ ...owner, status: "complete", purchase });
  }
  const found = { at: clock().toISOString(), by };
  await store.returnPurchase({ provider: provider.id, checkoutId, found, isGone });
  logger.info(
    { provider: provider.id, customerId, checkoutId, by },
    isGone ? "A product is no longer owned: its payment went back" : "A product's payment did not go back",
  );
}
