import type { WorkFeed, WorkKind } from "@tollgate/core";

/** Those in this process who look for work, and how they are told that there is some. */
export interface LocalFeed extends Pick<WorkFeed, "onWork"> {
  readonly added: (kind: WorkKind) => void;
}

export function createWorkFeed(): LocalFeed {
  const listeners = new Set<(kind: WorkKind) => void>();
  return {
    onWork(listener) {
      const mine = (kind: WorkKind) => listener(kind);
      listeners.add(mine);
      return () => listeners.delete(mine);
    },
    added(kind) {
      for (const listener of listeners) listener(kind);
    },
  };
}
