/** Runs something later; a test may give one that does it at once. */
export type Scheduler = {
  /** @returns A function that calls it off. */
  after(milliseconds: number, run: () => void): () => void;
};

/** The machine's own timers. */
export const timers: Scheduler = {
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
