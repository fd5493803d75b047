import { checkLength } from "../../world/check-limits.js";
import { type Context, seconds } from "../../world/context.js";
import { find, need } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import { touch } from "../../world/touch.js";
import type { FeedbackOption } from "../../world/wire.js";
import type { World } from "../../world/world.js";

/** A reason of the account's own for leaving, or Stripe's refusal. */
export const needFeedbackOption = (world: World, id: string, param = "id"): FeedbackOption =>
  need<FeedbackOption>(world.feedbackOptions, "feedback option", id, param);

const checkDescription = (description: string | undefined): void =>
  checkLength(description, 100, "description");

/** Adds a reason that customers may give for leaving. */
export const createFeedbackOption = (
  world: World,
  ctx: Context,
  { description }: { description: string },
): FeedbackOption => {
  checkDescription(description);
  const option: FeedbackOption = {
    id: ctx.ids.id("fbo"),
    object: "billing.feedback_option",
    description,
    livemode: false,
    status: "active",
    status_transitions: { deactivated_at: null },
  };
  world.feedbackOptions[option.id] = option;
  touch(world, option.id);
  return option;
};

/** Changes the words of a reason. */
export const updateFeedbackOption = (
  world: World,
  id: string,
  { description }: { description?: string },
): FeedbackOption => {
  const option = needFeedbackOption(world, id);
  checkDescription(description);
  if (description !== undefined) option.description = description;
  return option;
};

/** Ends a reason: nobody may give it any more, and the portal leaves it out. */
export const deactivateFeedbackOption = (world: World, ctx: Context, id: string): FeedbackOption => {
  const option = needFeedbackOption(world, id);
  if (option.status === "active") option.status_transitions.deactivated_at = seconds(ctx);
  option.status = "inactive";
  return option;
};

/**
 * Refuses a reason that does not exist or is not given any more. That it must be active follows from "Deactivated
 * feedback options cannot be used in portal configurations" (https://docs.stripe.com/api/billing/feedback-options).
 */
export const checkFeedbackOption = (world: World, id: string | undefined, param: string): void => {
  if (id === undefined || needFeedbackOption(world, id, param).status === "active") return;
  throw invalidRequest(`The feedback option ${id} is inactive and can't be used.`, undefined, param);
};

/** The reasons that are still given, of those that a configuration names. */
export const activeOptions = (world: World, ids: readonly unknown[] | null): FeedbackOption[] =>
  (ids ?? []).flatMap((id) => {
    const option = find<FeedbackOption>(world.feedbackOptions, id as string);
    return option?.status === "active" ? [option] : [];
  });
