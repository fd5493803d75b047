import type { IsoTime } from "../../language/time.js";

/** How much is left to do, and what was abandoned: what a probe or a dashboard wants to know. */
export interface StoreHealth {
  readonly events: {
    /** Kept until their customer is known. */
    readonly unmatched: number;
    /** Failed, and tried again later. */
    readonly failed: number;
    /** Failed, and not tried again by themselves: at every attempt, or because they can't be read. */
    readonly givenUp: number;
    /** When the oldest one whose work has begun and not ended arrived; `null`: none. */
    readonly oldestReceivedAt: IsoTime | null;
  };
  readonly callbacks: {
    readonly waiting: number;
    /** Failed at every attempt; `billing.callbacks.replay` tries once more. */
    readonly dead: number;
    /** When the oldest waiting one was added; `null`: none is waiting. */
    readonly oldestWaitingAt: IsoTime | null;
    /** Types that are stored although no instance has a function for them. */
    readonly unheard: readonly UnheardType[];
  };
  readonly usage: UnreportedUsage;
}

/** What is billed and whoever bills it was not told yet. */
export interface UnreportedUsage {
  /** Reports that were tried to be told at least once. */
  readonly failing: number;
  /** When the oldest that waits was used; `null`: none waits. */
  readonly oldestUsedAt: IsoTime | null;
}

/** A type of callback that no instance runs. */
export interface UnheardType {
  readonly type: string;
  /** When an instance last had a function for it; `null`: never. */
  readonly heardAt: IsoTime | null;
}

export interface HealthReads {
  readHealth(): Promise<StoreHealth>;
}
