import type { StoredAnswer } from "../api/http/idempotency.js";
import type { AccountsState } from "../rooms/create-accounts.js";
import type { KeptRoom } from "../rooms/create-room.js";
import type { DispatcherState } from "../webhooks/create-dispatcher.js";

/**
 * Raised when what is written down changes its meaning. Something more to keep does not raise it: what an earlier
 * version did not keep begins when its folder is opened.
 */
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

/** A sandbox as an earlier version kept it, which may not have had everything yet. */
export type KeptState = Partial<Omit<SandboxState, "accounts" | "dispatcher">> & {
  accounts: Record<string, KeptRoom>;
  dispatcher?: Partial<DispatcherState>;
};
