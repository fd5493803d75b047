import type { IsoTime } from "../../time.js";

/** How much is left to do, and what was given up: what a probe or a dashboard wants to know. */
export interface StoreHealth {
  readonly events: {
    /** Kept until their customer is known. */
    readonly unmatched: number;
    /** Failed, and tried again later. */
    readonly failed: number;
    /** Failed, and not tried again by themselves: at every attempt, or because they can't be read. */
    readonly givenUp: number;
    /** When the oldest one arrived whose work began and has not ended; `null`: none. */
    readonly oldestReceivedAt: IsoTime | null;
  };
  readonly callbacks: {
    readonly waiting: number;
    /** Failed at every attempt; `billing.callbacks.replay` tries once more. */
    readonly dead: number;
    /** When the oldest waiting one was put in; `null`: none waits. */
    readonly oldestWaitingAt: IsoTime | null;
  };
}

export interface HealthReads {
  readHealth(): Promise<StoreHealth>;
}
