import { finalizeInvoice, voidInvoice } from "../../invoices/paying/finalize-invoice.js";
import { defaultMethodOf, payInvoice } from "../../invoices/paying/pay-invoice.js";
import { type Context, seconds } from "../../world/context.js";
import { countRows } from "../../world/count-rows.js";
import { change, emit } from "../../world/emit.js";
import { find } from "../../world/find.js";
import type { Invoice, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { noteBilled } from "../terms/billed-item.js";
import { periodEnd } from "../terms/subscription-period.js";
import { applyUpdate } from "./apply-update.js";
import type { SubscriptionFields } from "./check-update.js";

/** https://docs.stripe.com/billing/subscriptions/pending-updates#expire */
const waitsFor = 23 * 3600;

/** When what is pending is given up: after 23 hours, or before, when the period or the trial ends. */
const expiryOf = (ctx: Context, subscription: Subscription, trialEnd: number | null): number =>
  Math.min(seconds(ctx) + waitsFor, periodEnd(subscription), trialEnd ?? Number.POSITIVE_INFINITY);

const pendingOf = (
  ctx: Context,
  subscription: Subscription,
  target: Subscription,
  fields: SubscriptionFields,
): NonNullable<Subscription["pending_update"]> => {
  const anchor = target.billing_cycle_anchor;
  const trialEnd = typeof fields.trial_end === "number" ? fields.trial_end : null;
  return {
    billing_cycle_anchor: anchor === subscription.billing_cycle_anchor ? null : anchor,
    cancel_at_period_end: fields.cancel_at_period_end ?? null,
    discount: null,
    discounts: fields.discounts ? [...target.discounts] : null,
    expires_at: expiryOf(ctx, subscription, trialEnd),
    metadata: fields.metadata ? target.metadata : null,
    subscription_items: fields.items ? target.items.data : null,
    trial_end: trialEnd,
    trial_from_plan: fields.trial_from_plan ?? null,
  };
};

/**
 * Keeps an update whose payment does not succeed at once: the subscription stays as it is until its invoice is
 * paid, or until the update expires. https://docs.stripe.com/billing/subscriptions/pending-updates
 */
export const holdUpdate = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  fields: SubscriptionFields,
): Subscription => {
  const billed = structuredClone(
    Object.fromEntries(subscription.items.data.map(({ id }) => [id, find(world.hidden.billed, id)])),
  );
  const target = structuredClone(subscription);
  const invoice = applyUpdate(world, ctx, target, fields);
  for (const [id, row] of Object.entries(billed)) if (row) world.hidden.billed[id] = row;
  change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    draft.pending_update = pendingOf(ctx, subscription, target, fields);
    if (invoice) draft.latest_invoice = invoice.id;
  });
  if (!invoice) return subscription;
  finalizeInvoice(world, ctx, invoice);
  payInvoice(world, ctx, invoice, defaultMethodOf(world, subscription), {
    byMerchant: fields.off_session ?? false,
  });
  return subscription;
};

/** Writes what was pending into a subscription whose invoice is paid; does not announce it yet. */
export const writePending = (world: World, draft: Subscription, invoice: Invoice): void => {
  const { pending_update: pending } = draft;
  if (!pending) return;
  if (pending.subscription_items) {
    draft.items.data = pending.subscription_items as Subscription["items"]["data"];
    countRows(draft.items);
  }
  if (pending.billing_cycle_anchor !== null) draft.billing_cycle_anchor = pending.billing_cycle_anchor;
  if (pending.metadata) draft.metadata = pending.metadata;
  if (pending.discounts) draft.discounts = [...pending.discounts];
  if (pending.trial_end !== null) {
    draft.trial_end = pending.trial_end;
    draft.status = "trialing";
  }
  draft.pending_update = null;
  if (pending.cancel_at_period_end !== null) {
    draft.cancel_at_period_end = pending.cancel_at_period_end;
    draft.cancel_at = pending.cancel_at_period_end ? periodEnd(draft) : null;
  }
  noteBilled(world, invoice.lines.data);
};

/** Gives up what is pending: its invoice is voided. */
export const dropPendingUpdate = (world: World, ctx: Context, subscription: Subscription): boolean => {
  if (!subscription.pending_update || subscription.status === "paused") return false;
  const invoice = find<Invoice>(world.invoices, subscription.latest_invoice as string | null);
  change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    draft.pending_update = null;
  });
  if (invoice?.status === "open") voidInvoice(world, ctx, invoice);
  return true;
};

/** Ends the time of a pending update. */
export const expirePendingUpdate = (world: World, ctx: Context, subscription: Subscription): void => {
  if (dropPendingUpdate(world, ctx, subscription))
    emit(world, ctx, "customer.subscription.pending_update_expired", subscription);
};
