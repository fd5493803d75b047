import { discountDues } from "../../discounts/discount-dues.js";
import { day } from "../../world/context.js";
import type { Due } from "../../world/due.js";
import { change, emit } from "../../world/emit.js";
import { find } from "../../world/find.js";
import type { Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { expireIncomplete } from "../changing/cancel-subscription.js";
import { expirePendingUpdate } from "../changing/pending-update.js";
import { giveUpResumption } from "../stopping/resume-subscription.js";
import { periodEnd } from "../terms/subscription-period.js";
import { endAsPlanned } from "./end-as-planned.js";
import { endTrial, renewSubscription } from "./renew-subscription.js";

const incompleteFor = 23 * 3600;
const living = ["active", "past_due", "trialing", "unpaid"];

/** Three days before a trial ends; a shorter one is announced as it starts. */
const trialNotice = (world: World, subscription: Subscription): Due[] => {
  const { id, status, trial_end } = subscription;
  if (status !== "trialing" || trial_end === null || world.hidden.trialsAnnounced[id] === trial_end)
    return [];
  return [
    {
      id: `${id}/notice`,
      at: Math.max(trial_end - 3 * day, subscription.trial_start ?? subscription.created),
      turn: "notice",
      run: (changing, ctx) => {
        changing.hidden.trialsAnnounced[id] = trial_end;
        emit(changing, ctx, "customer.subscription.trial_will_end", subscription);
      },
    },
  ];
};

/** A first payment that does not come. */
const giveUp = (subscription: Subscription): Due[] =>
  subscription.status === "incomplete"
    ? [
        {
          id: `${subscription.id}/expire`,
          at: subscription.created + incompleteFor,
          turn: "end",
          run: (world, ctx) => expireIncomplete(world, ctx, subscription),
        },
      ]
    : [];

const scheduledEnd = (subscription: Subscription): Due[] => {
  const { id, status, cancel_at } = subscription;
  if (cancel_at === null || (!living.includes(status) && status !== "paused")) return [];
  return [
    {
      id: `${id}/cancel`,
      at: cancel_at,
      turn: "end",
      run: (world, ctx) => endAsPlanned(world, ctx, subscription),
    },
  ];
};

const renewal = (subscription: Subscription): Due[] => {
  const { id, status } = subscription;
  if (!living.includes(status)) return [];
  const renew = status === "trialing" ? endTrial : renewSubscription;
  return [
    {
      id: `${id}/renew`,
      at: periodEnd(subscription),
      turn: "renew",
      run: (world, ctx) => renew(world, ctx, subscription),
    },
  ];
};

/** A change that waits for its payment. */
const pendingUpdate = (subscription: Subscription): Due[] =>
  // What a paused one waits for is given up as its resumption.
  subscription.pending_update && subscription.status !== "paused"
    ? [
        {
          id: `${subscription.id}/pending`,
          at: subscription.pending_update.expires_at,
          turn: "end",
          run: (world, ctx) => expirePendingUpdate(world, ctx, subscription),
        },
      ]
    : [];

/** A pause that was to end, if only somebody had tried to pay. */
const resumption = (world: World, subscription: Subscription): Due[] => {
  const waiting = find(world.hidden.resumptions, subscription.id);
  const invoice = find(world.invoices, waiting?.invoice);
  if (!waiting || invoice?.attempted) return [];
  return [
    {
      id: `${subscription.id}/resumption`,
      at: waiting.expiresAt,
      turn: "end",
      run: (changing, ctx) => {
        giveUpResumption(changing, ctx, subscription);
        emit(changing, ctx, "customer.subscription.pending_update_expired", subscription);
      },
    },
  ];
};

/** The end of a pause of collection. */
const collectAgain = (subscription: Subscription): Due[] => {
  const at = subscription.pause_collection?.resumes_at ?? null;
  if (at === null) return [];
  return [
    {
      id: `${subscription.id}/collect`,
      at,
      turn: "change",
      run: (world, ctx) =>
        void change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
          draft.pause_collection = null;
        }),
    },
  ];
};

/** What lies ahead of a subscription: each of these functions names one thing, or nothing. */
export const subscriptionDues = (world: World, subscription: Subscription): Due[] => [
  ...giveUp(subscription),
  ...scheduledEnd(subscription),
  ...pendingUpdate(subscription),
  ...resumption(world, subscription),
  ...collectAgain(subscription),
  ...trialNotice(world, subscription),
  ...discountDues(world, subscription),
  ...renewal(subscription),
];
