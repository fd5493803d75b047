import { type Context, seconds } from "../../world/context.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { Subscription } from "../../world/wire.js";
import { lastPeriodEnd, periodEnd } from "./subscription-period.js";

type NamedEnd = "max_billed_until" | "max_period_end" | "min_period_end";

export type Cancellation = {
  cancel_at?: number | NamedEnd | null;
  cancel_at_period_end?: boolean;
  cancellation_details?: { comment?: string | null; feedback?: Feedback | null; feedback_option?: string };
};

type Details = NonNullable<Subscription["cancellation_details"]>;
type Feedback = NonNullable<Details["feedback"]>;

/** Refuses an impossible end. */
export const checkCancellation = (ctx: Context, { cancel_at, cancel_at_period_end }: Cancellation): void => {
  if (cancel_at != null && cancel_at_period_end)
    throw invalidRequest(
      "You may only specify one of these parameters: cancel_at, cancel_at_period_end.",
      "parameters_exclusive",
      "cancel_at",
    );
  if (typeof cancel_at === "number" && cancel_at <= seconds(ctx))
    throw invalidRequest("The `cancel_at` date must be in the future.", undefined, "cancel_at");
};

const endOf = (draft: Subscription, at: Cancellation["cancel_at"]): number | null => {
  if (at === "min_period_end") return periodEnd(draft);
  if (at === "max_period_end" || at === "max_billed_until") return lastPeriodEnd(draft);
  return at ?? null;
};

/** Writes why a subscription ends; an empty text removes the earlier one. */
export const writeDetails = (
  draft: Subscription,
  given: Cancellation["cancellation_details"],
  reason: Details["reason"],
): void => {
  const {
    comment = null,
    feedback = null,
    feedback_option: option = null,
  } = draft.cancellation_details ?? {};
  draft.cancellation_details = {
    comment: given?.comment === undefined ? comment : given.comment || null,
    feedback: given?.feedback === undefined ? feedback : given.feedback || null,
    feedback_option: given?.feedback_option ?? option,
    reason,
  };
};

/** Sets, moves or takes back a scheduled end. */
export const scheduleCancel = (ctx: Context, draft: Subscription, fields: Cancellation): void => {
  const { cancel_at, cancel_at_period_end, cancellation_details: details } = fields;
  if (cancel_at === undefined && cancel_at_period_end === undefined) {
    if (details) writeDetails(draft, details, draft.cancellation_details?.reason ?? null);
    return;
  }
  const at = cancel_at_period_end ? periodEnd(draft) : endOf(draft, cancel_at);
  draft.cancel_at_period_end = cancel_at_period_end ?? false;
  draft.cancel_at = at;
  draft.canceled_at = at === null ? null : seconds(ctx);
  if (at === null)
    draft.cancellation_details = { comment: null, feedback: null, feedback_option: null, reason: null };
  writeDetails(draft, details, at === null ? null : "cancellation_requested");
};
