import { type Context, seconds } from "./context.js";
import { mergeMetadata } from "./metadata.js";
import type { SubscriptionFields } from "./subscription-update.js";
import type { Subscription } from "./wire.js";
import type { World } from "./world.js";

/** When the running period ends; with several rhythms, the first of them. */
export const periodEnd = (subscription: Subscription): number =>
  Math.min(...subscription.items.data.map((item) => item.current_period_end));

/** Sets, moves or takes back a scheduled end. */
export const scheduleCancel = (ctx: Context, draft: Subscription, fields: SubscriptionFields): void => {
  const { cancel_at, cancel_at_period_end } = fields;
  if (cancel_at === undefined && cancel_at_period_end === undefined) return;
  const at = cancel_at_period_end ? periodEnd(draft) : (cancel_at ?? null);
  draft.cancel_at_period_end = cancel_at_period_end ?? false;
  draft.cancel_at = at;
  draft.canceled_at = at === null ? null : seconds(ctx);
  draft.cancellation_details = {
    comment: at === null ? null : (fields.cancellation_details?.comment ?? null),
    feedback: at === null ? null : (fields.cancellation_details?.feedback ?? null),
    feedback_option: null,
    reason: at === null ? null : "cancellation_requested",
  };
};

/** Writes what costs nothing. */
export const writePlain = (world: World, draft: Subscription, fields: SubscriptionFields): void => {
  draft.metadata = mergeMetadata(draft.metadata, fields.metadata);
  if (fields.description !== undefined) draft.description = fields.description;
  if (fields.missing_payment_method && draft.trial_settings)
    draft.trial_settings.end_behavior.missing_payment_method = fields.missing_payment_method;
  if (fields.default_payment_method !== undefined)
    draft.default_payment_method = fields.default_payment_method;
  if (typeof fields.trial_end === "number") {
    draft.trial_start ??= draft.created;
    draft.trial_end = fields.trial_end;
    draft.status = "trialing";
    draft.billing_cycle_anchor = fields.trial_end;
    for (const item of draft.items.data) item.current_period_end = fields.trial_end;
    delete world.hidden.trialsAnnounced[draft.id];
  }
};
