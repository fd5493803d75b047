import { BillingError, type CallbackFilter, type CallbackPage } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

const defaultLimit = 50;
const largestLimit = 200;

/** The outbox, for operators. Called by your own server code: no endpoint calls it, so guard what you build on it. */
export interface BillingCallbacks {
  /**
   * One page of the callbacks, the latest first: those that wait, were delivered, or failed at every attempt.
   *
   * @param filter.limit from 1 to 200. @default 50
   * @throws BillingError `invalid_query`, `store_unavailable`
   * @example
   * const { callbacks, next } = await billing.callbacks.list({ state: "dead" });
   * for (const { id, type, customerId, lastError } of callbacks) console.warn(id, type, customerId, lastError);
   */
  readonly list: (filter?: CallbackFilter & { readonly limit?: number }) => Promise<CallbackPage>;
  /**
   * Runs a callback again: one that is dead or was delivered starts again from its first attempt, one that is waiting
   * runs at once, if none of the same customer waits ahead of it.
   *
   * @throws BillingError `callback_not_found`, `store_unavailable`
   * @example
   * await billing.callbacks.replay("in_1:payment.succeeded");
   */
  readonly replay: (id: string) => Promise<void>;
}

export function createCallbacks(open: () => Promise<BillingContext>): BillingCallbacks {
  return {
    async list({ limit = defaultLimit, ...filter } = {}) {
      if (!Number.isInteger(limit) || limit < 1 || limit > largestLimit) {
        throw new BillingError("invalid_query", "`limit` must be a whole number from 1 to 200.");
      }
      const { store } = await open();
      return store.listCallbacks({ ...filter, limit });
    },
    async replay(id) {
      const { store } = await open();
      // No text in the database contains NUL, so no callback id does.
      const found = !id.includes("\0") && (await store.replayCallback(id));
      if (!found) throw new BillingError("callback_not_found", "There is no such callback.");
    },
  };
}
