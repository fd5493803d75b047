import { chooseTime, type PricePromise } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { checkCustomerId } from "../customers/billing-customers.js";

/** Whose price is promised. */
export interface PromiseWish {
  /** Your own id of the customer. */
  readonly customerId: string;
  /** In UTC: renewals before it are at the price that they have. @default for good */
  readonly until?: string;
}

/** Who keeps the price they have, whatever others are moved to; called by your own server code. */
export interface BillingPrices {
  /**
   * Promises a customer the price they have: no migration moves them, unless it is forced, and each says how many it left
   * out. In place of an earlier promise. One that has been started and has not come to them yet leaves them out, too.
   *
   * @throws BillingError `invalid_customer_id`, `invalid_time`, `store_unavailable`
   * @example
   * await billing.prices.promise({ customerId: "org_1" });
   */
  readonly promise: (wish: PromiseWish) => Promise<PricePromise>;
  /**
   * Takes a promise back. `false`: there was none.
   *
   * @throws BillingError `invalid_customer_id`, `store_unavailable`
   * @example
   * await billing.prices.release({ customerId: "org_1" });
   */
  readonly release: (whom: { readonly customerId: string }) => Promise<boolean>;
  /**
   * What a customer was promised, whether or not it has run out; `null`: nothing.
   *
   * @throws BillingError `invalid_customer_id`, `store_unavailable`
   * @example
   * const promise = await billing.prices.promised({ customerId: "org_1" });
   */
  readonly promised: (whom: { readonly customerId: string }) => Promise<PricePromise | null>;
}

/** The promises as `billing.prices`. */
export function createPrices({ open }: { readonly open: () => Promise<BillingContext> }): BillingPrices {
  return {
    async promise({ customerId, until }) {
      checkCustomerId(customerId);
      const { store, clock } = await open();
      const now = clock();
      const promise: PricePromise = {
        customerId,
        until: until === undefined ? null : chooseTime("until", until, now),
        promisedAt: now.toISOString(),
      };
      await store.savePricePromise(promise);
      return promise;
    },
    async release({ customerId }) {
      checkCustomerId(customerId);
      return (await open()).store.removePricePromise(customerId);
    },
    async promised({ customerId }) {
      checkCustomerId(customerId);
      const [promise = null] = await (await open()).store.listPricePromises([customerId]);
      return promise;
    },
  };
}
