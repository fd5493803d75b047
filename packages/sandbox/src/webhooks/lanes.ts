export type Lanes = {
  /** Runs `work` after everything that was added to the same lane before it. */
  add(lane: string, work: () => Promise<void>): void;
  /** Resolves when no lane has work, whatever is added meanwhile included. */
  idle(): Promise<void>;
};

/** Queues side by side, each strictly in order. Work must not throw. */
export const createLanes = (): Lanes => {
  const tails = new Map<string, Promise<void>>();
  return {
    add: (lane, work) => {
      const tail = (tails.get(lane) ?? Promise.resolve()).then(work).finally(() => {
        if (tails.get(lane) === tail) tails.delete(lane);
      });
      tails.set(lane, tail);
    },
    idle: async () => {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
};
