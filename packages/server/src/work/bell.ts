/** Lets a loop wait until it is rung, or for a given time. */
interface Bell {
  readonly ring: () => void;
  waitFor(milliseconds: number): Promise<void>;
}

export function createBell(): Bell {
  let rung = false;
  let answer: (() => void) | null = null;
  return {
    ring(): void {
      rung = true;
      answer?.();
    },
    async waitFor(milliseconds: number): Promise<void> {
      if (!rung) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          answer = resolve;
          // Does not keep a process alive that has nothing else to do.
          timer = setTimeout(resolve, milliseconds).unref();
        });
        clearTimeout(timer);
      }
      rung = false;
      answer = null;
    },
  };
}
