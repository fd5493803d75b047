import { callbackTypes, type EndedCallback, type JobHandlers, type TakenCallback } from "@tollgate/core";
import { type Attempted, makeAttempt, tellEnd } from "./attempt.js";
import { createBatches } from "./batches.js";
import { createSlots } from "./slots.js";
import type { Work } from "./work.js";
import type { Lane } from "./work-pool.js";

/** How many customers' callbacks run at once in one process. */
const atOnce = 20;
/** How many more may be held, where they end so fast that asking for them takes longer than running them. */
const mostAhead = 80;
/** Over which time it is counted how fast they end. In milliseconds. */
const countedMs = 250;
/** How long one that is held may wait for its turn: then somebody else may have it. In milliseconds. */
const patienceMs = 5_000;

/** Before it is tried again to record how something ended. In milliseconds. */
const pausesMs = [100, 500];

const untouched: Attempted = { end: { kind: "untouched" }, failure: null };

/** The types that the handlers have functions for. */
export function typesOf({ runCallback, callbackTypes: types }: JobHandlers): readonly string[] {
  return runCallback === null ? [] : (types ?? callbackTypes);
}

/**
 * Runs callbacks, one of a customer at a time. The store is told of all that end at about the same time in one call.
 *
 * @param onMore Called when somebody's next one is due.
 */
export function callbackLane(work: Work, onMore: () => void): Lane {
  const { store, timing, handlers } = work;
  const record = createBatches<EndedCallback>(async (ended) => {
    if (await again(() => store.endCallbacks(ended))) onMore();
  });
  const slots = createSlots(atOnce, work.stopping);
  const ends = createCount(countedMs);
  const types = typesOf(handlers);
  // Longer than one may wait and an attempt may take.
  const leaseSeconds = Math.ceil(timing.attemptSeconds * 1.1 + patienceMs / 1000);

  async function run({ callback, attempts }: TakenCallback) {
    const heldAt = performance.now();
    const turn = await slots.enter();
    try {
      if (!turn || performance.now() - heldAt > patienceMs) return untouched;
      return await makeAttempt(work, {
        ...{ what: "The callback", type: callback.type, callbackId: callback.id, attempts },
        most: timing.retryLimit + 1,
        seconds: timing.attemptSeconds,
        run: async () => handlers.runCallback?.(callback),
      });
    } finally {
      if (turn) slots.leave();
    }
  }

  async function perform(taken: TakenCallback): Promise<void> {
    const attempted = await run(taken);
    ends.add();
    await record({ taken, end: attempted.end });
    tellEnd(work, "callbacks", attempted);
  }

  return {
    kind: "callbacks",
    get size() {
      return atOnce + Math.min(mostAhead, ends.recent());
    },
    async fetch(limit) {
      const taken = await store.takeCallbacks({ types, limit, leaseSeconds });
      return taken.map((one) => () => perform(one));
    },
  };
}

/**
 * What isn't recorded keeps a customer waiting until the lease expires, so a connection that was lost is no reason to
 * give up; and what was recorded although the answer was lost is not recorded twice.
 */
async function again<T>(attempt: () => Promise<T>): Promise<T> {
  for (const milliseconds of pausesMs) {
    try {
      return await attempt();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
    }
  }
  return attempt();
}

/** How many there were within the last so many milliseconds. */
function createCount(milliseconds: number) {
  let times: number[] = [];
  return {
    add(): void {
      times.push(performance.now());
    },
    recent(): number {
      const since = performance.now() - milliseconds;
      times = times.filter((time) => time > since).slice(-mostAhead);
      return times.length;
    },
  };
}
