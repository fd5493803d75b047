type Handler = (event: unknown) => void;

/** The `on`/`once`/`off` that every Stripe element has. */
export interface EventEmitter {
  on(type: string, handler: Handler): void;
  once(type: string, handler: Handler): void;
  /** Without a handler, all of the type's handlers go. */
  off(type: string, handler?: Handler): void;
  emit(type: string, event: unknown): void;
  /** Whether anybody listens. */
  has(type: string): boolean;
  clear(): void;
}

export function createEventEmitter(): EventEmitter {
  const handlers = new Map<string, { handler: Handler; once: boolean }[]>();

  function add(type: string, handler: Handler, once: boolean): void {
    handlers.set(type, [...(handlers.get(type) ?? []), { handler, once }]);
  }

  return {
    on: (type, handler) => add(type, handler, false),
    once: (type, handler) => add(type, handler, true),
    off(type, handler) {
      const kept =
        handler === undefined ? [] : (handlers.get(type) ?? []).filter((entry) => entry.handler !== handler);
      handlers.set(type, kept);
    },
    emit(type, event) {
      const current = handlers.get(type) ?? [];
      handlers.set(
        type,
        current.filter((entry) => !entry.once),
      );
      for (const entry of current) entry.handler(event);
    },
    has: (type) => (handlers.get(type)?.length ?? 0) > 0,
    clear: () => handlers.clear(),
  };
}
