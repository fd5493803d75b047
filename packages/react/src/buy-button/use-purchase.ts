import { type Currency, formatMoney } from "@tollgate/core";
import { useAccess } from "../access/use-access.js";
import { usePlans } from "../plans/use-plans.js";
import { useBilling } from "../session/billing-context.js";
import type { BuyRefusal } from "./buy-refusal.js";
import { decidePurchase } from "./decide-purchase.js";

interface Wish {
  readonly productId: string;
  readonly quantity: number;
  readonly currency: Currency | undefined;
  readonly once: boolean;
}

/** What is known about a product: its words, its price, and whether this person may buy it. */
export interface KnownPurchase {
  readonly loading: boolean;
  readonly refusal: BuyRefusal | null;
  /** As the catalog calls it; its id while that is not known. */
  readonly name: string;
  /** The total, written for the locale; `null` while it is not known. */
  readonly price: string | null;
  /** The one in which it is shown, and so bought; `undefined`: in the server's. */
  readonly currency: Currency | undefined;
}

export function usePurchase({ productId, quantity, currency, once }: Wish): KnownPurchase {
  const { locale } = useBilling();
  const access = useAccess();
  // A customer is billed in one currency, whatever the page shows to visitors.
  const billed = access.state?.subscriptions.find(({ status }) => status !== "ended")?.currency;
  const asked = currency ?? billed;
  const { status, plans } = usePlans(asked === undefined ? {} : { currency: asked });
  const product = plans?.products.find(({ id }) => id === productId);
  const forSale = plans === null ? null : product !== undefined;
  const price =
    plans === null || product === undefined
      ? null
      : formatMoney({ amount: product.amount * quantity, currency: plans.currency }, locale);
  return {
    // Whoever comes back from paying may own it.
    loading: access.status === "loading" || access.settling || status === "loading",
    refusal: decidePurchase({
      access: access.settling ? null : access.state,
      productId,
      forSale,
      once: once || product?.once === true,
    }),
    name: product?.name ?? productId,
    price,
    currency: plans?.currency ?? asked,
  };
}
