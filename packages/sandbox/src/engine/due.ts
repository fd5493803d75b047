import { cancelSubscription, expireIncomplete } from "./cancel-subscription.js";
import { dunInvoice, finalizeAndCollect } from "./collect-invoice.js";
import type { Context } from "./context.js";
import { emit } from "./emit.js";
import { expireCheckoutSession } from "./expire-checkout-session.js";
import { endTrial, renewSubscription } from "./renew-subscription.js";
import type { CheckoutSession, Invoice, Subscription } from "./wire.js";
import type { World } from "./world.js";
import { periodEnd } from "./write-subscription.js";

/** Something that happens by itself at a time, in seconds since 1970. */
export type Due = { id: string; at: number; run: (world: World, ctx: Context) => void };

const day = 86_400;
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
      run: (changing, ctx) => {
        changing.hidden.trialsAnnounced[id] = trial_end;
        emit(changing, ctx, "customer.subscription.trial_will_end", subscription);
      },
    },
  ];
};

const subscriptionDues = (world: World, subscription: Subscription): Due[] => {
  const { id, status, cancel_at } = subscription;
  if (status === "incomplete")
    return [
      {
        id,
        at: subscription.created + incompleteFor,
        run: (changing, ctx) => expireIncomplete(changing, ctx, subscription),
      },
    ];
  const ends: Due[] =
    cancel_at === null || (!living.includes(status) && status !== "paused")
      ? []
      : [
          {
            id: `${id}/cancel`,
            at: cancel_at,
            run: (changing, ctx) =>
              void cancelSubscription(changing, ctx, subscription, "cancellation_requested"),
          },
        ];
  if (!living.includes(status)) return ends;
  const renew = status === "trialing" ? endTrial : renewSubscription;
  const renewal: Due = {
    id,
    at: periodEnd(subscription),
    run: (changing, ctx) => renew(changing, ctx, subscription),
  };
  return [...ends, ...trialNotice(world, subscription), renewal];
};

const invoiceDues = (invoice: Invoice): Due[] => {
  const { id, status, automatically_finalizes_at, next_payment_attempt } = invoice;
  if (status === "draft" && invoice.auto_advance && automatically_finalizes_at !== null)
    return [
      {
        id,
        at: automatically_finalizes_at,
        run: (world, ctx) => finalizeAndCollect(world, ctx, invoice),
      },
    ];
  if (status !== "open" || next_payment_attempt === null) return [];
  return [{ id, at: next_payment_attempt, run: (world, ctx) => dunInvoice(world, ctx, invoice) }];
};

const checkoutDues = (session: CheckoutSession): Due[] =>
  session.status === "open"
    ? [
        {
          id: session.id,
          at: session.expires_at,
          run: (world, ctx) => void expireCheckoutSession(world, ctx, session.id),
        },
      ]
    : [];

/**
 * The earliest thing that is due by `limit`, or undefined. What ends a subscription comes before what renews
 * it at the same second.
 */
export const findDue = (world: World, limit: number): Due | undefined => {
  let first: Due | undefined;
  const consider = (dues: Due[]): void => {
    for (const due of dues) if (due.at <= limit && (!first || due.at < first.at)) first = due;
  };
  for (const invoice of Object.values(world.invoices)) consider(invoiceDues(invoice));
  for (const subscription of Object.values(world.subscriptions))
    consider(subscriptionDues(world, subscription));
  for (const session of Object.values(world.checkoutSessions)) consider(checkoutDues(session));
  return first;
};
