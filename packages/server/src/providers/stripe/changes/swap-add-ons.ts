import type { AddOnTarget } from "@tollgate/core";
import type Stripe from "stripe";
import { addOnOfPrice, type StripeNames } from "../language/names.js";
import { outdated } from "./explain-refusal.js";

/** A line for an add-on as it is to be. */
interface AddOnItem {
  readonly addOnId: string;
  readonly price: string;
  readonly quantity: number;
}

/** What becomes of the lines for add-ons; those that stay as they are are not here. */
export interface AddOnSwap {
  readonly changed: readonly (AddOnItem & { readonly id: string })[];
  readonly removed: readonly Stripe.SubscriptionItem[];
  readonly added: readonly AddOnItem[];
}

/**
 * Compares the lines that are wanted with those that there are.
 *
 * @param priceOf today's price of an add-on, for the plan's interval
 * @throws BillingError `preview_outdated`: a line is gone that was to stay
 */
export async function swapAddOns(
  { items }: Stripe.Subscription,
  wanted: readonly AddOnTarget[],
  names: StripeNames,
  priceOf: (addOnId: string) => Promise<string>,
): Promise<AddOnSwap> {
  const [changed, removed, added]: [(AddOnItem & { id: string })[], Stripe.SubscriptionItem[], AddOnItem[]] =
    [[], [], []];
  for (const { addOnId, itemId, quantity, priceId } of wanted) {
    const price = quantity === 0 ? "" : (priceId ?? (await priceOf(addOnId)));
    // One that was taken up by an earlier call is there already.
    const held = items.data.find((item) =>
      itemId === null ? isOf(item, addOnId, price, names) : item.id === itemId,
    );
    if (quantity === 0) {
      if (held !== undefined) removed.push(held);
    } else if (held === undefined) {
      if (itemId !== null) throw outdated();
      added.push({ addOnId, price, quantity });
    } else if (held.price.id !== price || held.quantity !== quantity) {
      changed.push({ addOnId, id: held.id, price, quantity });
    }
  }
  return { changed, removed, added };
}

function isOf({ price }: Stripe.SubscriptionItem, addOnId: string, id: string, names: StripeNames): boolean {
  return price.id === id && addOnOfPrice(price, names)?.addOnId === addOnId;
}
