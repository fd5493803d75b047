/** So many at once; the others wait for their turn. */
export interface Slots {
  /** Resolves to `true` when it is one's turn, and to `false` when there will be no turn any more. */
  enter(): Promise<boolean>;
  leave(): void;
}

/** @param closing When it is aborted, nobody gets a turn any more, those that wait included. */
export function createSlots(count: number, closing: AbortSignal): Slots {
  let free = count;
  let waiting: ((turn: boolean) => void)[] = [];
  closing.addEventListener("abort", () => {
    for (const tell of waiting) tell(false);
    waiting = [];
  });
  return {
    async enter() {
      if (closing.aborted) return false;
      if (free === 0) return new Promise<boolean>((tell) => waiting.push(tell));
      free -= 1;
      return true;
    },
    leave() {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next(true);
    },
  };
}
