import type { AccessState } from "@tollgate/core";
import type { BuyRefusal } from "./buy-refusal.js";

interface PurchaseFacts {
  /** `null` while it is not known, or can't be read: then the server decides. */
  readonly access: AccessState | null;
  readonly productId: string;
  /** Whether it has a price in the currency that is asked for; `null` while that is not known. */
  readonly forSale: boolean | null;
  /** Whether it is bought at most once. */
  readonly once: boolean;
}

/** Why this person can't buy the product now; `null` when nothing stands in the way. */
export function decidePurchase({ access, productId, forSale, once }: PurchaseFacts): BuyRefusal | null {
  if (access?.customerId === null) return "signed_out";
  if (once && ownedOf(access, productId) > 0) return "owned";
  if (access !== null && !access.canManage) return "not_manager";
  return forSale === false ? "not_for_sale" : null;
}

function ownedOf(access: AccessState | null, productId: string): number {
  return (access !== null && Object.hasOwn(access.owned, productId) && access.owned[productId]) || 0;
}
