import type { AttemptEnd, JobFailure } from "@tollgate/core";
import { describeFailure } from "./describe-failure.js";
import { retrySeconds } from "./retry-seconds.js";
import { withinSeconds } from "./within-seconds.js";
import type { Work } from "./work.js";

/** A callback or a job whose attempt was begun. */
interface Begun extends Pick<JobFailure, "type" | "callbackId" | "attempts"> {
  /** In words, for the error when it takes too long: `The callback`. */
  readonly what: string;
  /** How many attempts there may be. */
  readonly most: number;
  /** How long one may take. */
  readonly seconds: number;
  readonly run: () => Promise<void>;
}

/** How an attempt ended, and what is to be said about it once that is recorded. */
export interface Attempted {
  readonly end: AttemptEnd;
  /** `null`: it did not fail. */
  readonly failure: JobFailure | null;
}

/** Makes an attempt, and decides what becomes of it: done, again later, or put aside. Never rejects. */
export async function makeAttempt(work: Work, begun: Begun): Promise<Attempted> {
  const { seconds, what, attempts, most, type, callbackId, run } = begun;
  try {
    // It was begun as often as it may be, and nobody could say how that went.
    if (attempts > most) throw new Error("The process ended during the last attempt.");
    const outcome = await withinSeconds(run(), { seconds, what, unless: work.abandoned });
    return { end: { kind: outcome === "abandoned" ? "released" : "succeeded" }, failure: null };
  } catch (error) {
    const final = attempts >= most;
    const retryInSeconds = final ? null : retrySeconds(work.timing, attempts);
    return {
      end: { kind: "failed", error: describeFailure(error), retryInSeconds },
      failure: { type, callbackId, error, attempts, final },
    };
  }
}

/** Counts and reports what was recorded. */
export function tellEnd(
  { tally, handlers }: Work,
  kind: "callbacks" | "jobs",
  { end, failure }: Attempted,
): void {
  if (end.kind === "succeeded") tally[kind] += 1;
  if (failure === null) return;
  tally.failed += 1;
  handlers.onFailure(failure);
}
