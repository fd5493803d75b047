import type { CheckoutOffer } from "../checkout/decide-checkout.js";
import type { PromotionCode } from "../promotions/promotion-code.js";

/** What a provider knows about promotion codes. */
export interface ProviderPromotions {
  /** Whether its own page can let people type a code. */
  readonly onPage: boolean;
  /** Every code that reads like this, in whatever case and whatever became of it; empty: there is none. */
  find(code: string, offer: CheckoutOffer): Promise<readonly PromotionCode[]>;
  /** Whether this customer ever paid, for codes that are only for a first purchase. */
  hasPaid(providerCustomerId: string): Promise<boolean>;
}
