import type { BillingError } from "@tollgate/core";
import { toBillingError } from "../client/read-answer.js";

/** What is known about one answer of the server. An error never takes away what is already known. */
export type Snapshot<T> =
  | { readonly status: "loading"; readonly value: null; readonly error: null; readonly fetching: boolean }
  | {
      readonly status: "ready";
      readonly value: T;
      /** Why the last refresh failed, while `value` is still the one from before it. */
      readonly error: BillingError | null;
      readonly fetching: boolean;
    }
  | {
      readonly status: "failed";
      readonly value: null;
      readonly error: BillingError;
      readonly fetching: boolean;
    };

/** One answer of the server, shared by every hook that reads it; an external store for React. */
export interface Resource<T> {
  getSnapshot(): Snapshot<T>;
  /** What the server rendered with, and the first client render too, whatever has arrived since. */
  getServerSnapshot(): Snapshot<T>;
  /** The first subscriber starts the request, the last one to leave aborts it. */
  subscribe(listener: () => void): () => void;
  /** Asks again, or joins the request in progress; never rejects. */
  refresh(): Promise<void>;
  /** Accepts a value that arrived another way; whatever is in progress is older and gets dropped. */
  set(value: T): void;
  /** When the value was last taken from the server, in milliseconds of `Date.now()`. */
  loadedAt(): number;
}

export function createResource<T>(options: {
  readonly load: (signal: AbortSignal) => Promise<T>;
  readonly initial: T | null;
}): Resource<T> {
  const first: Snapshot<T> = options.initial === null ? unknown : known(options.initial);
  const listeners = new Set<() => void>();
  let snapshot = first;
  let loadedAt = 0;
  let request: { readonly controller: AbortController; readonly done: Promise<void> } | null = null;

  function publish(next: Snapshot<T>): void {
    snapshot = next;
    for (const listener of listeners) listener();
  }

  function refresh(): Promise<void> {
    if (request !== null) return request.done;
    const controller = new AbortController();
    const { signal } = controller;
    // Whatever was aborted or overtaken is late.
    const done = options.load(signal).then(
      (value) => {
        if (!signal.aborted) set(value);
      },
      (cause: unknown) => {
        if (signal.aborted) return;
        request = null;
        publish(failed(snapshot, toBillingError(cause)));
      },
    );
    request = { controller, done };
    publish({ ...snapshot, fetching: true });
    return done;
  }

  function set(value: T): void {
    drop();
    loadedAt = Date.now();
    publish(known(value));
  }

  function drop(): void {
    request?.controller.abort();
    request = null;
    snapshot = { ...snapshot, fetching: false };
  }

  return {
    getSnapshot: () => snapshot,
    getServerSnapshot: () => first,
    loadedAt: () => loadedAt,
    refresh,
    set,
    subscribe(listener) {
      listeners.add(listener);
      const { status } = snapshot;
      if (status === "ready") loadedAt ||= Date.now();
      else if (status === "loading" || listeners.size === 1) void refresh();
      return () => {
        listeners.delete(listener);
        // StrictMode leaves and returns within one task; only a reader that stays away has left.
        queueMicrotask(() => listeners.size > 0 || drop());
      };
    },
  };
}

// `fetching` is true from the start, so that the first request changes nothing on the screen.
const unknown = { status: "loading", value: null, error: null, fetching: true } as const;

function known<T>(value: T): Snapshot<T> {
  return { status: "ready", value, error: null, fetching: false };
}

/** What is known stays. */
function failed<T>({ status, value }: Snapshot<T>, error: BillingError): Snapshot<T> {
  return { status: status === "ready" ? status : "failed", value, error, fetching: false } as Snapshot<T>;
}
