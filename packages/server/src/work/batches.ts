interface Waiting<T> {
  readonly one: T;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Gathers what comes at about the same time, and what comes while a batch is under way, into one call. Where that
 * fails, each goes alone, so that nobody pays for another one.
 */
export function createBatches<T>(send: (all: readonly T[]) => Promise<void>): (one: T) => Promise<void> {
  let gathered: Waiting<T>[] = [];
  let sending = false;

  async function sendAll(): Promise<void> {
    sending = true;
    while (gathered.length > 0) {
      // Everything that ends in this turn of the event loop goes along.
      await new Promise((resolve) => setImmediate(resolve));
      const all = gathered;
      gathered = [];
      await send(all.map(({ one }) => one)).then(
        () => {
          for (const { done } of all) done();
        },
        (error: unknown) => sendEach(all, error),
      );
    }
    sending = false;
  }

  async function sendEach(all: readonly Waiting<T>[], error: unknown): Promise<void> {
    const [only, ...more] = all;
    if (more.length === 0) only?.failed(error);
    else for (const { one, done, failed } of all) await send([one]).then(done, failed);
  }

  return (one) =>
    new Promise<void>((done, failed) => {
      gathered.push({ one, done, failed });
      if (!sending) void sendAll();
    });
}
