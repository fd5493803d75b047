import type { Amounts } from "../language/money.js";
import type { DiscountTerms } from "../language/retention.js";
import type { IsoTime } from "../language/time.js";

/** A promotion code as the provider has it. */
export interface PromotionCode extends Pick<DiscountTerms, "percentOff" | "duration" | "months"> {
  /** What a checkout names it by. */
  readonly id: string;
  /** As the provider writes it. */
  readonly code: string;
  /** Whether the provider takes it at all; `false` also for one that has expired or is used up. */
  readonly isActive: boolean;
  /** When it, or what it stands for, ends; `null`: never. */
  readonly expiresAt: IsoTime | null;
  /** How often it can still be redeemed, by anybody; `null`: without a limit. */
  readonly redemptionsLeft: number | null;
  /** The only customer who may use it; `null`: everybody. */
  readonly providerCustomerId: string | null;
  /** Whether it is only for somebody who never paid before. */
  readonly firstPurchaseOnly: boolean;
  /** What a purchase must come to, in minor units by currency; `null`: nothing. Where one is missing it can't be used. */
  readonly minimums: Amounts | null;
  /** Whether it is for what the offer sells. */
  readonly covers: boolean;
  /** Of the add-ons that are bought with the plan, those that it reduces. @default all of them */
  readonly addOns?: readonly string[];
  /** What it takes off each payment, in minor units by currency; `null` where it takes off a part. */
  readonly amountsOff: Amounts | null;
}

/**
 * Why a code can't be used: there is none like it; the seller withdrew it; it is for another customer, plan or product; in
 * another currency; for somebody who never paid; or the first payment is too small.
 */
export type PromotionRefusal =
  | "unknown"
  | "inactive"
  | "expired"
  | "used_up"
  | "other_customer"
  | "other_plan"
  | "other_currency"
  | "first_purchase_only"
  | "minimum_amount";

/** What a code does to one purchase; amounts are for all of its quantity, in minor units, before taxes. */
export interface Promotion extends Pick<DiscountTerms, "percentOff" | "duration" | "months"> {
  readonly id: string;
  readonly code: string;
  /** What it takes off each payment; `null` where it takes off a part. */
  readonly amountOff: number | null;
  /** What is paid at the checkout: nothing where a trial begins. */
  readonly dueNow: number;
  /** What each payment is for as long as the code works. */
  readonly discounted: number;
  /** How many payments that are; `null`: all. A trial costs nothing and is none. */
  readonly discountedPayments: number | null;
  /** What every payment after those is; for a product the price without the code. */
  readonly regular: number;
}
