import type { StoredAnswer } from "../api/http/idempotency.js";
import type { AccountsState } from "../rooms/create-accounts.js";
import type { DispatcherState } from "../webhooks/create-dispatcher.js";

/** Raised whenever what is written down changes its meaning. */
export const formatVersion = 1;

/** A sandbox as plain data. */
export type SandboxState = {
  format: number;
  apiVersion: string;
  accounts: AccountsState;
  answers: [string, StoredAnswer][];
  dispatcher: DispatcherState;
  /** The state that `reset` comes back to, as JSON; null: an empty one. */
  start: string | null;
};
