import { cancelSubscription, needLiving } from "../engine/cancel-subscription.js";
import { createSubscription } from "../engine/create-subscription.js";
import { need, newestFirst } from "../engine/find.js";
import { resumeSubscription } from "../engine/renew-subscription.js";
import { invalidRequest } from "../engine/stripe-error.js";
import { updateSubscription } from "../engine/update-subscription.js";
import type { Subscription } from "../engine/wire.js";
import { accepted, choice, type Params, pagination, range, text } from "./fields.js";
import { pageOf, within } from "./page-of.js";
import { ownRoute } from "./route.js";
import { cancellationDetails, createFields, toUpdate, updateFields } from "./subscription-fields.js";

const toNew = (params: Params<typeof createFields>) => {
  const missing = params.trial_settings?.end_behavior.missing_payment_method;
  const save = params.payment_settings?.save_default_payment_method;
  return {
    customer: params.customer,
    items: params.items.map(({ metadata, ...item }) => ({ ...item, metadata: metadata ?? {} })),
    default_payment_method: params.default_payment_method ?? null,
    description: params.description ?? null,
    metadata: params.metadata ?? {},
    trial_end: params.trial_end ?? null,
    trial_period_days: params.trial_period_days ?? null,
    off_session: params.off_session ?? false,
    ...(missing ? { missing_payment_method: missing } : {}),
    ...(params.payment_behavior ? { payment_behavior: params.payment_behavior } : {}),
    ...(save ? { save_default_payment_method: save } : {}),
  };
};

const ends = (subscription: Subscription) => {
  const times = subscription.items.data.map((item) => item.current_period_end);
  return { min: Math.min(...times), max: Math.max(...times) };
};

/** Stripe lists living subscriptions unless told otherwise. */
const hasStatus = (subscription: Subscription, wanted: string | undefined): boolean => {
  if (wanted === "all") return true;
  if (wanted === "ended") return ["canceled", "incomplete_expired"].includes(subscription.status);
  return wanted === undefined ? subscription.status !== "canceled" : subscription.status === wanted;
};

const statuses = choice(
  "active",
  "all",
  "canceled",
  "ended",
  "incomplete",
  "incomplete_expired",
  "past_due",
  "paused",
  "trialing",
  "unpaid",
);

/** `/v1/subscriptions` */
export const subscriptionRoutes = [
  ownRoute("POST", "/v1/subscriptions", createFields, ({ world, ctx, params }) => {
    const { cancel_at, cancel_at_period_end } = params;
    if (cancel_at !== undefined && cancel_at_period_end)
      throw invalidRequest(
        "You may only specify one of these parameters: cancel_at, cancel_at_period_end.",
        "parameters_exclusive",
      );
    const subscription = createSubscription(world, ctx, toNew(params));
    if (cancel_at === undefined && !cancel_at_period_end) return subscription;
    return updateSubscription(world, ctx, subscription.id, {
      ...(cancel_at === undefined ? {} : { cancel_at }),
      ...(cancel_at_period_end ? { cancel_at_period_end } : {}),
    });
  }),
  ownRoute("GET", "/v1/subscriptions/:id", {}, ({ world, id }) =>
    need(world.subscriptions, "subscription", id),
  ),
  ownRoute("POST", "/v1/subscriptions/:id", updateFields, ({ world, ctx, id, params }) =>
    updateSubscription(world, ctx, id, toUpdate(params, ends(needLiving(world, id)))),
  ),
  ownRoute(
    "DELETE",
    "/v1/subscriptions/:id",
    { cancellation_details: cancellationDetails(), invoice_now: accepted(), prorate: accepted() },
    ({ world, ctx, id, params }) =>
      cancelSubscription(
        world,
        ctx,
        needLiving(world, id),
        "cancellation_requested",
        params.cancellation_details,
      ),
  ),
  ownRoute(
    "POST",
    "/v1/subscriptions/:id/resume",
    { billing_cycle_anchor: accepted(), payment_behavior: accepted(), proration_behavior: accepted() },
    ({ world, ctx, id }) => {
      const subscription = needLiving(world, id);
      if (subscription.status !== "paused")
        throw invalidRequest("Subscription cannot be resumed because it is not paused.");
      resumeSubscription(world, ctx, subscription);
      return subscription;
    },
  ),
  ownRoute(
    "GET",
    "/v1/subscriptions",
    {
      ...pagination,
      collection_method: choice("charge_automatically", "send_invoice"),
      created: range(),
      customer: text(),
      price: text(),
      status: statuses,
    },
    ({ world, params }) => {
      const rows = newestFirst(world.subscriptions).filter(
        (subscription) =>
          hasStatus(subscription, params.status) &&
          (params.customer === undefined || subscription.customer === params.customer) &&
          (params.collection_method === undefined ||
            subscription.collection_method === params.collection_method) &&
          (params.price === undefined ||
            subscription.items.data.some((item) => item.price.id === params.price)) &&
          within(subscription.created, params.created),
      );
      return pageOf(rows, params, "/v1/subscriptions");
    },
  ),
];
