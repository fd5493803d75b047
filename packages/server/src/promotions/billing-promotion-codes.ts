import {
  BillingError,
  type Catalog,
  type Currency,
  type Interval,
  type PlanId,
  type ProductId,
} from "@tollgate/core";
import { type PromotionCodeResponse, promotionCodeRequest } from "@tollgate/core/contract";
import type { CatalogContext } from "../context/billing-context.js";
import { checkCustomerId } from "../customers/billing-customers.js";
import { checkPromotionCode } from "./check-promotion-code.js";

/** Somebody's code, and what they want to buy with it. */
export type PromotionCodeWish<P extends string = string, R extends string = string> = {
  readonly customerId: string;
  /** As it was typed. */
  readonly code: string;
  /** @default the one that they are billed in, else the catalog's first */
  readonly currency?: Currency;
  /** @default the price's minimum */
  readonly quantity?: number;
} & ({ readonly planId: P; readonly interval: Interval } | { readonly productId: R });

/** What a code does, or why it can't be used; amounts in minor units of its `currency`, before taxes. */
export type PromotionCodeCheck = PromotionCodeResponse;

/** Promotion codes, for your own server code. The route does the same for the person who asks. */
export interface BillingPromotionCodes<C extends Catalog = Catalog> {
  /**
   * Whether a promotion code fits this customer and what they want to buy, and what the first and the later payments are;
   * or the `reason` why not. Changes nothing, redeems nothing, and isn't limited: limit what strangers may try.
   *
   * @throws BillingError `unknown_plan`, `unknown_product`, `unknown_price`, `invalid_quantity`, `plan_not_for_sale`,
   * `invalid_body` (400); `already_subscribed`, `already_owned`, `currency_conflict` (409); `not_supported` (501);
   * `provider_unavailable`, `store_unavailable` (503)
   * @example
   * const half = await billing.promotionCodes.check({ customerId: "org_1", code: "half", planId: "pro", interval: "month" });
   * if (half.fits) console.log(half.dueNow, half.discounted, half.discountedPayments, half.regular);
   * else console.log(half.reason); // "expired"
   */
  readonly check: (wish: PromotionCodeWish<PlanId<C>, ProductId<C>>) => Promise<PromotionCodeCheck>;
}

export function createPromotionCodes<C extends Catalog>(parts: {
  readonly open: () => Promise<CatalogContext>;
  /** @throws BillingError `invalid_options` where production lacks a credential */
  readonly checkCredentials: () => void;
}): BillingPromotionCodes<C> {
  return {
    async check({ customerId, ...wish }) {
      parts.checkCredentials();
      checkCustomerId(customerId);
      const parsed = promotionCodeRequest.safeParse(wish);
      if (!parsed.success)
        throw new BillingError("invalid_body", "There is no code, or nothing to buy with it.");
      return checkPromotionCode(await parts.open(), customerId, parsed.data);
    },
  };
}
