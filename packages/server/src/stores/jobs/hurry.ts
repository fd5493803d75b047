/** Tells work that its time is nearly over. */
export interface Hurry {
  readonly signal: AbortSignal;
  /** The work has ended: nothing is told any more. */
  end(): void;
}

/**
 * A signal that aborts after so many milliseconds, or with `stopping`. Held by its own timer: Node may let go of
 * an `AbortSignal.any` over an `AbortSignal.timeout` before it aborts (https://github.com/nodejs/node/issues/57736).
 */
export function startHurry(milliseconds: number, stopping: AbortSignal): Hurry {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, milliseconds);
  stopping.addEventListener("abort", abort);
  if (stopping.aborted) abort();
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      stopping.removeEventListener("abort", abort);
    },
  };
}
