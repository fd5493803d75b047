import type { WorkKind } from "@tollgate/core";
import type { ReportTurn } from "./work.js";

/** One kind of work, and how much of it may be in progress at once. */
export interface Lane {
  readonly kind: WorkKind;
  readonly size: number;
  fetch(limit: number): Promise<readonly (() => Promise<void>)[]>;
}

/** Work in progress. */
export interface WorkPool {
  /** Begins what there is, as far as there is room; returns how much that was. */
  pull(): Promise<number>;
  /** Resolves when something ends, or at once when nothing is in progress. */
  next(): Promise<void>;
  finished(): Promise<void>;
  readonly size: number;
  /** Whether a lane gave as much as was asked for, so that there may be more. */
  readonly hungry: boolean;
}

/** @param onRoom Called when there is room in a lane of which there may be more. */
export function createWorkPool(lanes: readonly Lane[], onRoom: () => void, tellTurn: ReportTurn): WorkPool {
  const running = new Set<Promise<void>>();
  const counts = new Map<Lane, number>();
  /** Those that gave as much as was asked for. */
  const hungry = new Set<Lane>();

  function begin(lane: Lane, task: () => Promise<void>): void {
    counts.set(lane, (counts.get(lane) ?? 0) + 1);
    // What fails here could not be told to the store, because the database is down: it counts as cut off, and is
    // handed out again when its lease has expired.
    const done = task()
      .then(
        () => tellTurn("job_results", null),
        (error: unknown) => tellTurn("job_results", error),
      )
      .then(() => {
        counts.set(lane, (counts.get(lane) ?? 0) - 1);
        running.delete(done);
        if (hungry.has(lane)) onRoom();
      });
    running.add(done);
  }

  return {
    async pull() {
      let begun = 0;
      for (const lane of lanes) {
        const room = lane.size - (counts.get(lane) ?? 0);
        if (room <= 0) continue;
        const tasks = await lane.fetch(room);
        for (const task of tasks) begin(lane, task);
        if (tasks.length < room) hungry.delete(lane);
        else hungry.add(lane);
        // What ended while it was asked made room that nobody was told of.
        if (hungry.has(lane) && (counts.get(lane) ?? 0) < lane.size) onRoom();
        begun += tasks.length;
      }
      return begun;
    },
    async next() {
      if (running.size > 0) await Promise.race(running);
    },
    async finished() {
      await Promise.all(running);
    },
    get size() {
      return running.size;
    },
    get hungry() {
      return hungry.size > 0;
    },
  };
}
