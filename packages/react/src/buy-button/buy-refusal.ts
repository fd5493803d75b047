/** Why somebody can't buy a product: it is already theirs, they may not, or it has no price in their currency. */
export type BuyRefusal = "owned" | "signed_out" | "not_manager" | "not_for_sale";
