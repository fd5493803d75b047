import type { IsoTime } from "./time.js";

/** Something read from the provider, with the provider's own time of the read. */
export interface ProviderRead<T> {
  readonly value: T;
  /**
   * In whole seconds, by the clock of `event.occurredAt`: an event from before it says nothing new. Never later than
   * the moment at which the provider looked (a response's `Date` is stamped afterwards: subtract the duration of the
   * request): a little too early costs one more read, too late would lose an event.
   */
  readonly asOf: IsoTime;
}
