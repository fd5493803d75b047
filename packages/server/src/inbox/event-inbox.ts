import { BillingError, type EventPage, type EventState } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { type ReplayedEvent, replayEvent } from "./replay-event.js";

/** Which events to list. */
export interface ListEventsOptions {
  /** @default all */
  readonly state?: EventState;
  /** The `next` of the page before. */
  readonly after?: string;
  /** From 1 to 100. @default 20 */
  readonly limit?: number;
}

/** The provider's events as they arrived, for the app's operators. */
export interface BillingEvents {
  /**
   * Lists events, the latest arrival first, page by page.
   *
   * @throws BillingError `invalid_query`, `store_unavailable`
   * @example
   * const { events, next } = await billing.events.list({ state: "failed" });
   */
  readonly list: (options?: ListEventsOptions) => Promise<EventPage>;
  /**
   * Retries what failed or is waiting. For an event that is settled, the subscription that it is about is read from the
   * provider and applied, so that an old event never overwrites a newer state.
   *
   * @throws BillingError `event_not_found`; and what made it fail again
   */
  readonly replay: (id: string) => Promise<ReplayedEvent>;
}

const longestPage = 100;

/** The inbox as `billing.events`. */
export function createEvents({
  open,
  checkCredentials,
}: {
  readonly open: () => Promise<BillingContext>;
  /** @throws BillingError `invalid_options` where production lacks a credential */
  readonly checkCredentials: () => void;
}): BillingEvents {
  return {
    async list({ limit = 20, ...filter } = {}) {
      if (!Number.isInteger(limit) || limit < 1 || limit > longestPage) {
        throw new BillingError("invalid_query", `\`limit\` must be a whole number from 1 to ${longestPage}.`);
      }
      const { store } = await open();
      return store.listEvents({ ...filter, limit });
    },
    async replay(id) {
      checkCredentials();
      return replayEvent(await open(), id);
    },
  };
}
