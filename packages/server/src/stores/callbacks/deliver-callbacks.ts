import type { Callback } from "@tollgate/core";
import type PgBoss from "pg-boss";
import { callbackQueue } from "./callback-jobs.js";
import type { CallbackTiming } from "./callback-timing.js";

export interface CallbackWorker {
  /** Looks for work now instead of at the next poll. */
  wake(): void;
  stop(): Promise<void>;
}

type CallbackJob = PgBoss.Job<Callback>;

const batchSize = 20;

/**
 * Works the queue until stopped. The engine's own worker would not do: it reports an attempt's outcome
 * without waiting for it, so that a lost connection becomes an unhandled rejection.
 */
export function startCallbackWorker(
  engine: PgBoss,
  deliver: (callback: Callback) => Promise<void>,
  timing: CallbackTiming,
): CallbackWorker {
  const stopping = new AbortController();
  const bell = createBell();
  const attempt = (job: CallbackJob) => withinSeconds(deliver(job.data), timing.attemptSeconds);
  let maintainedAt = 0;

  async function workOnce(): Promise<number> {
    if (Date.now() - maintainedAt >= timing.maintenanceMs) {
      maintainedAt = Date.now();
      await engine.maintain();
    }
    const jobs = await engine.fetch<Callback>(callbackQueue, { batchSize });
    await Promise.all(byCustomer(jobs).map((group) => runInOrder(engine, group, attempt, stopping.signal)));
    return jobs.length;
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      // While the database is away there is nothing to do but to try again: what was fetched and not
      // reported counts as cut off, and is delivered again after `attemptSeconds`.
      const worked = await workOnce().catch(() => 0);
      if (worked < batchSize) await bell.waitFor(timing.pollMs);
    }
  }

  const finished = loop();
  return {
    wake: bell.ring,
    async stop() {
      stopping.abort();
      bell.ring();
      await Promise.race([finished, sleep(timing.stopMs)]);
    },
  };
}

/** One after another; the first that fails does not keep the rest from running. */
async function runInOrder(
  engine: PgBoss,
  jobs: readonly CallbackJob[],
  attempt: (job: CallbackJob) => Promise<void>,
  stopping: AbortSignal,
): Promise<void> {
  for (const job of jobs) {
    if (stopping.aborted) {
      await engine.fail(callbackQueue, job.id, { message: "stopped before it ran" });
      continue;
    }
    const failure = await attempt(job).then(
      () => null,
      (error: unknown) => describeFailure(error),
    );
    if (failure === null) await engine.complete(callbackQueue, job.id);
    else await engine.fail(callbackQueue, job.id, failure);
  }
}

function byCustomer(jobs: readonly CallbackJob[]): readonly CallbackJob[][] {
  const groups = new Map<string, CallbackJob[]>();
  for (const job of jobs) {
    const { customerId } = job.data.data;
    groups.set(customerId, [...(groups.get(customerId) ?? []), job]);
  }
  return [...groups.values()];
}

/** Only the name and the head of the message: an error's other properties may hold anything. */
function describeFailure(error: unknown): { name: string; message: string } {
  if (!(error instanceof Error)) return { name: "Error", message: "Something that is no error was thrown." };
  return { name: error.name, message: error.message.slice(0, 500) };
}

async function withinSeconds(work: Promise<void>, seconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The callback took more than ${seconds} s.`)), seconds * 1000);
  });
  await Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}

function createBell() {
  let rung = false;
  let answer: (() => void) | null = null;
  return {
    ring() {
      rung = true;
      answer?.();
    },
    async waitFor(milliseconds: number): Promise<void> {
      if (!rung)
        await Promise.race([sleep(milliseconds), new Promise<void>((resolve) => (answer = resolve))]);
      rung = false;
      answer = null;
    },
  };
}

// Does not keep a process alive that has nothing else to do.
function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
