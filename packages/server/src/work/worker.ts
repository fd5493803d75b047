import { setMaxListeners } from "node:events";
import type { JobReport, StoreLoop } from "@tollgate/core";
import { createBell } from "./bell.js";
import { callbackLane, typesOf } from "./callback-lane.js";
import { jobLane } from "./job-lane.js";
import type { Work, WorkParts } from "./work.js";
import { createWorkPool, type Lane, type WorkPool } from "./work-pool.js";
import { workTiming } from "./work-timing.js";

/** How long to wait, once there is something to do, for others to be taken along. In milliseconds. */
const gatherMs = 10;

/**
 * Works in the background until the function that it resolves to is called: runs each customer's callbacks in their
 * order, never two at once, and the jobs, scheduled ones once per period across all instances. Stopping begins nothing
 * more, waits a moment for what is running, then gives it back.
 */
export async function startWork(parts: WorkParts): Promise<() => Promise<void>> {
  const { store } = parts;
  const { work, stop } = openWork(parts);
  // Before anything is received, so that what arrives is run at once.
  await hear(work);
  const bells = { upkeep: createBell(), callbacks: createBell(), jobs: createBell() };
  const silence = store.onWork((kind) => bells[kind].ring());
  const lanes = lanesOf(work, bells.callbacks.ring).map((lane) => {
    const { ring } = bells[lane.kind];
    const pool = createWorkPool([lane], ring, parts.tellTurn);
    // Whoever is full rings when there is room again.
    const wait = async () => {
      await bells[lane.kind].waitFor(work.timing.pollMs);
      await pause(pool.hungry ? 0 : gatherMs);
    };
    const looping = loop(work, lane.kind, wait, pool.pull);
    return () => looping.then(pool.finished);
  });
  const rest = () => bells.upkeep.waitFor(work.timing.maintenanceMs);
  const upkeep = loop(work, "upkeep", rest, () => keepUp(work));
  return async () => {
    silence();
    const finished = () => Promise.all([upkeep, ...lanes.map((finish) => finish())]);
    const stopped = stop(finished, work.timing.stopMs, work.timing.stopMs);
    for (const bell of Object.values(bells)) bell.ring();
    await stopped;
  };
}

/** Turn after turn. */
async function loop(
  { stopping, tellTurn }: Work,
  name: StoreLoop,
  wait: () => Promise<void>,
  turn: () => Promise<unknown>,
): Promise<void> {
  while (!stopping.aborted) {
    // While the database is down there is nothing to do but try again, and say so.
    await turn().then(
      () => tellTurn(name, null),
      // A store that is closed while the last turn hangs is no news.
      (error: unknown) => stopping.aborted || tellTurn(name, error),
    );
    await wait();
  }
}

/** The parts of a pass after which no more work is begun, and what is running is released. */
const shares = { begin: 0.8, run: 0.95 };

/**
 * One pass, for hosts without background work: does what is due until nothing is, or the time is up. Resolves by
 * `until`, even when something hangs.
 *
 * @throws BillingError `store_unavailable`
 */
export async function runWorkPass(parts: WorkParts, until: Date): Promise<JobReport> {
  const { work, stop } = openWork(parts);
  const pool = createWorkPool(lanesOf(work, ignore), ignore, parts.tellTurn);
  const startedAt = performance.now();
  const duration = until.getTime() - Date.now();
  const left = (share: number) => startedAt + duration * share - performance.now();
  await keepUp(work);
  const done = await pullUntilIdle(pool, () => left(shares.begin));
  await stop(pool.finished, left(shares.run), duration * (1 - shares.run));
  return { ...work.tally, done };
}

async function pullUntilIdle(pool: WorkPool, left: () => number): Promise<boolean> {
  while (left() > 0) {
    // What ends while it is asked may leave work of a kind that was asked for before.
    const wasResting = pool.size === 0;
    if ((await pool.pull()) > 0) continue;
    if (pool.size > 0) await within(pool.next(), left());
    else if (wasResting) return true;
  }
  return false;
}

/** Each kind of work with room of its own: a slow reconcile doesn't keep callbacks waiting. */
function lanesOf(work: Work, onMore: () => void): readonly Lane[] {
  const jobs = jobLane(work);
  return work.handlers.runCallback === null ? [jobs] : [callbackLane(work, onMore), jobs];
}

async function keepUp(work: Work): Promise<void> {
  await hear(work);
  await work.store.keepJobs(work.schedule);
}

/** Says which callbacks this instance runs. */
async function hear({ store, handlers }: Work): Promise<void> {
  const types = typesOf(handlers);
  if (types.length > 0) await store.hearCallbacks(types);
}

function openWork(parts: WorkParts) {
  const stopping = new AbortController();
  const abandoned = new AbortController();
  // Each job in progress listens to both, and there are more of them than Node takes for a leak.
  setMaxListeners(0, stopping.signal, abandoned.signal);
  const work: Work = {
    ...parts,
    timing: { ...workTiming, ...parts.store.timing },
    stopping: stopping.signal,
    abandoned: abandoned.signal,
    tally: { callbacks: 0, jobs: 0, failed: 0 },
  };
  async function stop(finished: () => Promise<unknown>, runMs: number, giveBackMs: number): Promise<void> {
    stopping.abort();
    await within(finished(), runMs);
    abandoned.abort();
    // While the database is down it does not get that far.
    await within(finished(), giveBackMs);
  }
  return { work, stop };
}

function ignore(): void {}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

async function within(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, milliseconds));
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}
