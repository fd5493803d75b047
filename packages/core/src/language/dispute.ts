import type { Currency } from "./money.js";
import type { IsoTime } from "./time.js";

/** A payment that its payer contests, as the provider has it. */
export interface Dispute {
  /** The provider's id: `du_…`. */
  readonly id: string;
  readonly provider: string;
  /** The provider's id of what was charged: `ch_…`. */
  readonly paymentId: string;
  /** `null` for a payment without an invoice. */
  readonly invoiceId: string | null;
  /** In minor units. */
  readonly amount: number;
  readonly currency: Currency;
  /** `inquiry`: the bank only asks, and no money is gone. `chargeback`: it has taken the money. */
  readonly kind: "inquiry" | "chargeback";
  /**
   * `prevented`: it was settled by giving the money back before it became a chargeback. `closed`: an inquiry that came to
   * nothing.
   */
  readonly status: "needs_response" | "under_review" | "won" | "lost" | "prevented" | "closed";
  /** The payer's reason, in the provider's word: `fraudulent`, `product_not_received`. */
  readonly reason: string;
  /** Until when evidence is taken, while it needs a response; `null`: none is, or the bank takes no answer. */
  readonly respondBy: IsoTime | null;
  readonly createdAt: IsoTime;
}

/** The card's network expects a payment to be contested as fraud; many are, and some never. */
export interface FraudWarning {
  /** The provider's id: `issfr_…`. */
  readonly id: string;
  readonly provider: string;
  readonly paymentId: string;
  /** In the provider's word: `made_with_stolen_card`. */
  readonly kind: string;
  readonly createdAt: IsoTime;
}
