import type { DuplicateAction } from "../language/callback.js";
import type { CancelTime } from "../language/subscription.js";

/** What a provider can do to end a subscription. */
export interface EndingAbility {
  readonly cancels: readonly CancelTime[];
  readonly refunds: "done" | "pending" | null;
}

/** What is done about a second subscription. */
export interface Ending {
  /** What the policy comes to: the app is told of this, not of what it wished for. */
  readonly action: DuplicateAction;
  /** When it ends; `null`: it runs on. */
  readonly at: CancelTime | null;
}

/**
 * What an app's policy for second subscriptions comes to at a provider: at once where it can end one at once, otherwise
 * when the period ends; with the money back where there are refunds; and nothing where nothing can be ended.
 *
 * @example
 * decideEnding("cancel_and_refund", { cancels: ["period_end"], refunds: null });
 * // { action: "cancel", at: "period_end" }
 */
export function decideEnding(policy: DuplicateAction, { cancels, refunds }: EndingAbility): Ending {
  const at = cancels.includes("now") ? "now" : (cancels[0] ?? null);
  if (policy === "keep" || at === null) return { action: "keep", at: null };
  return { action: refunds === null ? "cancel" : policy, at };
}
