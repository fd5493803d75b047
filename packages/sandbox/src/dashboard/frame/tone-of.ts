export type Tone = "bad" | "good" | "plain" | "soft";

const tones: Record<Exclude<Tone, "plain">, readonly string[]> = {
  good: [
    "active",
    "paid",
    "succeeded",
    "complete",
    "enabled",
    "won",
    "delivered",
    "available",
    "accepted",
    "ready",
    "verified",
  ],
  soft: [
    "trialing",
    "incomplete",
    "open",
    "draft",
    "processing",
    "pending",
    "requires_action",
    "requires_confirmation",
    "requires_payment_method",
    "requires_capture",
    "needs_response",
    "warning_needs_response",
    "under_review",
    "warning_under_review",
    "paused",
    "not_started",
    "advancing",
  ],
  bad: [
    "past_due",
    "unpaid",
    "uncollectible",
    "failed",
    "lost",
    "incomplete_expired",
    "disputed",
    "internal_failure",
  ],
};

/** The colour of a state; what is over or unknown has none. */
export const toneOf = (state: string): Tone =>
  (["good", "soft", "bad"] as const).find((tone) => tones[tone].includes(state)) ?? "plain";

/** `past_due` as people read it. */
export const inWords = (state: string): string => {
  const words = state.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};
