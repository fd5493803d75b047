import { callbackTypes, type EndedCallback, type JobHandlers, type TakenCallback } from "@tollgate/core";
import { makeAttempt, tellEnd } from "./attempt.js";
import { createBatches } from "./batches.js";
import type { Work } from "./work.js";
import type { Lane } from "./work-pool.js";

/** How many customers' callbacks run at once in one process. */
const atOnce = 20;

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
    if (await store.endCallbacks(ended)) onMore();
  });
  const types = typesOf(handlers);
  // Longer than an attempt may take.
  const leaseSeconds = Math.ceil(timing.attemptSeconds * 1.1);

  async function perform(taken: TakenCallback): Promise<void> {
    const { callback, attempts } = taken;
    const subject = { what: "The callback", type: callback.type, callbackId: callback.id };
    const attempted = await makeAttempt(work, {
      ...subject,
      attempts,
      most: timing.retryLimit + 1,
      seconds: timing.attemptSeconds,
      run: async () => handlers.runCallback?.(callback),
    });
    await record({ taken, end: attempted.end });
    tellEnd(work, "callbacks", attempted);
  }

  return {
    kind: "callbacks",
    size: atOnce,
    async fetch(limit) {
      const taken = await store.takeCallbacks({ types, limit, leaseSeconds });
      return taken.map((one) => () => perform(one));
    },
  };
}
