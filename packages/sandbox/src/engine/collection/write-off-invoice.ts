import { invoicesOf } from "../invoices/making/invoices-of.js";
import { markUncollectible, voidInvoice } from "../invoices/paying/close-invoice.js";
import { subscriptionOf } from "../invoices/paying/pay-invoice.js";
import { dropPendingUpdate } from "../subscriptions/changing/pending-update.js";
import { writeResumption } from "../subscriptions/terms/resumption.js";
import type { Context } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { atCustomer } from "../world/test-clock.js";
import { touch } from "../world/touch.js";
import type { Invoice, Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";

/** Whether the latest finalized invoice that is not void is paid or forgiven; without one nothing is owed. */
const owesNothing = (world: World, subscription: Subscription): boolean => {
  const counts = invoicesOf(world, subscription).findLast(
    ({ status }) => status !== "draft" && status !== "void",
  );
  return counts === undefined || counts.status === "paid" || counts.status === "uncollectible";
};

/**
 * A subscription that fell behind is in good standing again once its latest invoice is forgiven or void.
 * https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses
 */
const heal = (world: World, ctx: Context, subscription: Subscription): void => {
  if (subscription.status !== "past_due" && subscription.status !== "unpaid") return;
  if (!owesNothing(world, subscription)) return;
  change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    draft.status = "active";
  });
};

const endWait = (world: World, subscription: Subscription): void => {
  delete world.hidden.resumptions[subscription.id];
  touch(world, subscription.id);
};

/** A pause ends with an invoice that is forgiven just as with one that is paid. https://docs.stripe.com/api/subscriptions/resume */
const resume = (world: World, ctx: Context, subscription: Subscription, invoice: Invoice): void => {
  const resumption = find(world.hidden.resumptions, subscription.id);
  if (resumption?.invoice !== invoice.id) return;
  change(world, ctx, "customer.subscription.updated", subscription, (draft) =>
    writeResumption(draft, resumption),
  );
  endWait(world, subscription);
  emit(world, ctx, "customer.subscription.resumed", subscription);
};

/** Gives up an invoice's money because somebody asks for it; its subscription continues. */
export const writeOffInvoice = (world: World, now: Context, invoice: Invoice): Invoice => {
  const ctx = atCustomer(world, now, invoice.customer as string);
  markUncollectible(world, ctx, invoice, "user_forgiven");
  const subscription = subscriptionOf(world, invoice);
  if (!subscription) return invoice;
  resume(world, ctx, subscription, invoice);
  heal(world, ctx, subscription);
  return invoice;
};

/** Voids an invoice because somebody asks for it; the one before it says how its subscription stands. */
export const voidNow = (world: World, now: Context, invoice: Invoice): Invoice => {
  const ctx = atCustomer(world, now, invoice.customer as string);
  voidInvoice(world, ctx, invoice);
  const subscription = subscriptionOf(world, invoice);
  if (!subscription) return invoice;
  if (find(world.hidden.resumptions, subscription.id)?.invoice === invoice.id) {
    endWait(world, subscription);
    change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
      draft.pending_update = null;
    });
  }
  // An update that waits for this invoice is given up. https://docs.stripe.com/billing/subscriptions/pending-updates
  if (subscription.latest_invoice === invoice.id) dropPendingUpdate(world, ctx, subscription);
  heal(world, ctx, subscription);
  return invoice;
};
