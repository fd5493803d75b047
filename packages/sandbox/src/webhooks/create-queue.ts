import type { Errand } from "./errand.js";
import { createLanes } from "./lanes.js";
import type { Scheduler } from "./scheduler.js";

export type QueueOptions = {
  /** The sandbox's clock, in milliseconds since 1970. */
  now: () => number;
  scheduler: Scheduler;
  /** Must not throw. */
  run: (errand: Errand) => Promise<void>;
};

export type Queue = {
  /** Runs it as soon as its endpoint is free. */
  ready(errand: Errand): void;
  /** Runs it when the clock reaches `errand.due`, whether time passes or it jumps. */
  wait(errand: Errand): void;
  isWaiting(errand: Errand): boolean;
  /** Runs at once what waits, whatever its time. */
  pull(errand: Errand): void;
  /** Sends everything whose time has come. */
  wake(): void;
  /** Resolves when nothing is ready, and nothing waits for chaos alone. */
  settled(): Promise<void>;
  /** Everything that is not done, including what is in progress. */
  pending(): Errand[];
  clear(): void;
};

const before = (one: Errand, other: Errand): boolean =>
  one.due === other.due ? one.rank < other.rank : one.due < other.due;

/** Most come last, so the place is looked for from the end. */
const insert = (list: Errand[], errand: Errand): void => {
  let place = list.length;
  for (let last = list[place - 1]; last && before(errand, last); last = list[place - 1]) place--;
  list.splice(place, 0, errand);
};

const byHold = (one: Errand, other: Errand): number =>
  (one.heldFor ?? 0) - (other.heldFor ?? 0) || one.turn - other.turn;

/** Errands by endpoint, each endpoint's in order of their times, and those that wait for a later time. */
export const createQueue = ({ now, scheduler, run }: QueueOptions): Queue => {
  const lanes = createLanes();
  const ready = new Map<string, Errand[]>();
  const underWay = new Set<Errand>();
  let waiting: Errand[] = [];
  let rank = 0;
  let disarm = (): void => undefined;

  const runNext = async (endpoint: string): Promise<void> => {
    const errand = ready.get(endpoint)?.shift();
    if (!errand) return;
    underWay.add(errand);
    await run(errand);
    underWay.delete(errand);
  };

  const goOn = (errand: Errand): void => {
    const list = ready.get(errand.endpoint) ?? [];
    ready.set(errand.endpoint, list);
    errand.heldFor = null;
    insert(list, errand);
    lanes.add(errand.endpoint, () => runNext(errand.endpoint));
  };

  const releaseUntil = (time: number): void => {
    while (waiting[0] && waiting[0].due <= time) goOn(waiting.shift() as Errand);
  };

  const arm = (): void => {
    disarm();
    const due = waiting[0]?.due;
    if (due === undefined) return;
    // A clock that stands still never reaches the time, but whoever waits that long has waited for it.
    disarm = scheduler.after(Math.max(0, due - now()), () => {
      releaseUntil(due);
      arm();
    });
  };

  const goNow = (errand: Errand): void => {
    errand.due = now();
    errand.rank = ++rank;
    goOn(errand);
  };

  const hurry = (): void => {
    const held = waiting.filter((errand) => errand.heldFor !== null);
    waiting = waiting.filter((errand) => errand.heldFor === null);
    for (const errand of held.sort(byHold)) goNow(errand);
    arm();
  };

  return {
    ready: goNow,
    wait: (errand) => {
      errand.rank = ++rank;
      insert(waiting, errand);
      if (errand.due <= now()) releaseUntil(now());
      arm();
    },
    isWaiting: (errand) => waiting.includes(errand),
    pull: (errand) => {
      if (!waiting.includes(errand)) return;
      waiting = waiting.filter((other) => other !== errand);
      goNow(errand);
      arm();
    },
    wake: () => {
      releaseUntil(now());
      arm();
    },
    settled: async () => {
      await lanes.idle();
      while (waiting.some((errand) => errand.heldFor !== null)) {
        hurry();
        await lanes.idle();
      }
    },
    pending: () => [...underWay, ...[...ready.values()].flat(), ...waiting],
    clear: () => {
      disarm();
      ready.clear();
      waiting = [];
    },
  };
};
