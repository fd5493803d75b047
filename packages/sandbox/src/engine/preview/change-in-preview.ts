import { updateSubscription } from "../changes/update-subscription.js";
import { cancelNow } from "../subscriptions/stopping/cancel-now.js";
import { pauseSubscription } from "../subscriptions/stopping/pause-subscription.js";
import { resumeSubscription } from "../subscriptions/stopping/resume-subscription.js";
import type { Context } from "../world/context.js";
import type { Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";
import type { PreviewFields } from "./prepare-preview.js";

type Details = NonNullable<PreviewFields["subscription_details"]>;
type Update = Parameters<typeof updateSubscription>[3];

/** The update that a request describes; without prorations, if only the recurring amounts are asked for. */
const updateOf = (details: Details, recurring: boolean): Update => {
  const { billing_cycle_anchor: anchor, cancel_at, items, proration_behavior, trial_end } = details;
  return {
    ...(anchor?.type === "now" || anchor?.type === "unchanged"
      ? { billing_cycle_anchor: { type: anchor.type } }
      : {}),
    ...(cancel_at === undefined ? {} : { cancel_at }),
    ...(details.cancel_at_period_end === undefined
      ? {}
      : { cancel_at_period_end: details.cancel_at_period_end }),
    ...(details.default_tax_rates === undefined ? {} : { default_tax_rates: details.default_tax_rates }),
    ...(items ? { items } : {}),
    ...(details.proration_date === undefined || recurring ? {} : { proration_date: details.proration_date }),
    ...(recurring ? { proration_behavior: "none" } : proration_behavior ? { proration_behavior } : {}),
    ...(trial_end === undefined ? {} : { trial_end }),
  };
};

/** Makes a request's changes to a subscription in a scratch world. Nothing is charged there. */
export const changeInPreview = (
  scratch: World,
  ctx: Context,
  fields: PreviewFields,
  subscription: Subscription,
): void => {
  const details = fields.subscription_details;
  if (!details) return;
  const { cancel_now, pause, proration_behavior, resume_at } = details;
  if (resume_at === "now")
    resumeSubscription(scratch, ctx, subscription.id, proration_behavior ? { proration_behavior } : {});
  const update = updateOf(details, fields.preview_mode === "recurring");
  if (Object.keys(update).some((key) => key !== "proration_behavior" && key !== "proration_date"))
    updateSubscription(scratch, ctx, subscription.id, { ...update, payment_behavior: "default_incomplete" });
  if (pause) pauseSubscription(scratch, ctx, subscription.id, pause);
  if (cancel_now)
    cancelNow(scratch, ctx, subscription, { invoice_now: true, prorate: proration_behavior !== "none" });
};
