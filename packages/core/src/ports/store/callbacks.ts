import type { Callback } from "../../callback.js";

export interface CallbackWrites {
  /** Puts callbacks into the outbox; they run after the commit, or never if there is none. */
  enqueueCallbacks(callbacks: readonly Callback[]): Promise<void>;
}

export interface CallbackDelivery {
  /**
   * Starts to deliver callbacks from the outbox, each at least once: one whose delivery throws is tried
   * again later, with back-off. Resolves to a function that stops.
   */
  deliverCallbacks(deliver: (callback: Callback) => Promise<void>): Promise<() => Promise<void>>;
}
