import { draftEndsAt } from "../invoices/making/new-invoice.js";
import { giveUpDraft } from "../invoices/paying/close-invoice.js";
import { subscriptionOf } from "../invoices/paying/pay-invoice.js";
import { day } from "../world/context.js";
import { type Due, once } from "../world/due.js";
import { change, emit } from "../world/emit.js";
import type { Invoice } from "../world/wire.js";
import type { World } from "../world/world.js";
import { dunInvoice, finalizeAndCollect } from "./collect-invoice.js";

const finalization = (world: World, invoice: Invoice): Due[] => {
  const { id, status, auto_advance } = invoice;
  const at = draftEndsAt(world, invoice);
  if (status !== "draft" || !auto_advance || at === null) return [];
  return [
    {
      id: `${id}/finalize`,
      at,
      turn: "collect",
      run: (changing, ctx) => finalizeAndCollect(changing, ctx, invoice),
    },
  ];
};

/** How long a cancelled subscription's last invoice waits if it owes its customer something, in seconds. */
const lastWaits = 5;

/** A last invoice that is negative is neither finalized nor credited. */
const givingUp = (world: World, invoice: Invoice): Due[] => {
  const { id, status, auto_advance, billing_reason, created, total } = invoice;
  if (status !== "draft" || !auto_advance || billing_reason !== "subscription_cycle" || total >= 0) return [];
  if (subscriptionOf(world, invoice)?.status !== "canceled") return [];
  return [
    {
      id: `${id}/give-up`,
      at: created + lastWaits,
      turn: "end",
      run: (changing, ctx) => giveUpDraft(changing, ctx, invoice),
    },
  ];
};

const nextAttempt = (invoice: Invoice): Due[] => {
  const { id, status, next_payment_attempt } = invoice;
  if (status !== "open" || next_payment_attempt === null) return [];
  return [
    {
      id: `${id}/collect`,
      at: next_payment_attempt,
      turn: "collect",
      run: (world, ctx) => dunInvoice(world, ctx, invoice),
    },
  ];
};

/**
 * What is announced about the due date of an invoice that is sent; one that is near from the start is not.
 */
const reminders = (world: World, invoice: Invoice): Due[] => {
  const { id, status, due_date: about, status_transitions } = invoice;
  if (status !== "open" || about === null) return [];
  const { daysBefore, daysAfter } = world.settings.dueReminders;
  const tell = (type: string, at: number): Due[] =>
    once(
      world,
      { id: `${id}/${type}`, at, about, turn: "notice" },
      (changing, ctx) => void emit(changing, ctx, `invoice.${type}`, invoice),
    );
  const opened = status_transitions.finalized_at ?? invoice.created;
  const isAhead = daysBefore !== null && about - daysBefore * day >= opened;
  return [
    ...(isAhead ? tell("will_be_due", about - daysBefore * day) : []),
    ...(daysAfter === null ? [] : tell("overdue", about + daysAfter * day)),
  ];
};

/** A subscription whose sent invoice isn't paid in time is past due. */
const lateness = (world: World, invoice: Invoice): Due[] => {
  const { id, status, due_date: about, collection_method } = invoice;
  if (status !== "open" || about === null || collection_method !== "send_invoice") return [];
  return once(world, { id: `${id}/late`, at: about, about, turn: "collect" }, (changing, ctx) => {
    const subscription = subscriptionOf(changing, invoice);
    if (subscription?.status !== "active") return;
    change(changing, ctx, "customer.subscription.updated", subscription, (draft) => {
      draft.status = "past_due";
    });
  });
};

/** What lies ahead of an invoice: each of these functions names one thing, or nothing. */
export const invoiceDues = (world: World, invoice: Invoice): Due[] => [
  ...givingUp(world, invoice),
  ...finalization(world, invoice),
  ...nextAttempt(invoice),
  ...reminders(world, invoice),
  ...lateness(world, invoice),
];
