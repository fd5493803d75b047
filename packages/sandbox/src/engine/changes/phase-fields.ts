import type { ItemChange } from "../subscriptions/changing/check-item-changes.js";
import type { SubscriptionFields } from "../subscriptions/changing/check-update.js";
import { askedMode, type NewSubscription } from "../subscriptions/terms/new-subscription.js";
import type { Subscription, SubscriptionSchedule } from "../world/wire.js";
import { toGivenDiscount } from "./phase-discounts.js";
import type { Phase } from "./schedule-phase.js";

type PhaseItem = Phase["items"][number];

const priceOf = (item: PhaseItem): string => item.price as string;

const ratesOf = (rates: PhaseItem["tax_rates"]): string[] => (rates ?? []).map(({ id }) => id);

const itemOf = (
  item: PhaseItem,
): { price: string; quantity?: number; metadata?: Record<string, string>; tax_rates: string[] } => ({
  price: priceOf(item),
  tax_rates: ratesOf(item.tax_rates),
  ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
  ...(item.metadata && Object.keys(item.metadata).length > 0 ? { metadata: { ...item.metadata } } : {}),
});

/**
 * The changes that lead from a subscription's items to a phase's: items whose price stays are kept, others
 * are reused for the new prices.
 */
const itemChanges = (subscription: Subscription, phase: Phase): ItemChange[] => {
  const { data } = subscription.items;
  const kept = new Map(
    phase.items.flatMap((wanted) => {
      const item = data.find(({ price }) => price.id === priceOf(wanted));
      return item ? [[wanted, item] as const] : [];
    }),
  );
  const free = data.filter((item) => ![...kept.values()].includes(item));
  const changes = phase.items.map((wanted): ItemChange => {
    const item = kept.get(wanted) ?? free.shift();
    return item ? { ...itemOf(wanted), id: item.id } : itemOf(wanted);
  });
  return [...changes, ...free.map(({ id }): ItemChange => ({ id, deleted: true }))];
};

/** What the schedule and its phase say about how invoices are paid. */
const collectionOf = ({ default_settings: defaults }: SubscriptionSchedule, phase: Phase) => {
  const method = phase.collection_method ?? defaults.collection_method ?? "charge_automatically";
  const due = phase.invoice_settings?.days_until_due ?? defaults.invoice_settings.days_until_due;
  const card = (phase.default_payment_method ?? defaults.default_payment_method) as string | null;
  const description = phase.description ?? defaults.description;
  return {
    collection_method: method as "charge_automatically" | "send_invoice",
    ...(method === "send_invoice" && due !== null ? { days_until_due: due } : {}),
    ...(card ? { default_payment_method: card } : {}),
    ...(description ? { description } : {}),
  };
};

/** What entering a phase changes in its subscription. */
export const phaseFields = (
  schedule: SubscriptionSchedule,
  phase: Phase,
  subscription: Subscription,
  prorations: SubscriptionFields["proration_behavior"] | undefined,
): SubscriptionFields => {
  const anchor = phase.billing_cycle_anchor ?? schedule.default_settings.billing_cycle_anchor;
  return {
    ...collectionOf(schedule, phase),
    default_tax_rates: ratesOf(phase.default_tax_rates),
    items: itemChanges(subscription, phase),
    metadata: { ...phase.metadata },
    off_session: true,
    proration_behavior: prorations ?? "create_prorations",
    ...(phase.discounts.length > 0 ? { discounts: phase.discounts.map(toGivenDiscount) } : {}),
    ...(anchor === "phase_start" ? { billing_cycle_anchor: { type: "now" as const } } : {}),
    ...(phase.trial_end !== null && phase.trial_end !== subscription.trial_end
      ? { trial_end: phase.trial_end }
      : {}),
  };
};

/** The subscription that a schedule's first phase starts. */
export const firstPhaseFields = (schedule: SubscriptionSchedule, phase: Phase): NewSubscription => ({
  ...collectionOf(schedule, phase),
  billing_mode: askedMode(schedule.billing_mode),
  customer: schedule.customer as string,
  currency: phase.currency,
  default_tax_rates: ratesOf(phase.default_tax_rates),
  items: phase.items.map(itemOf),
  metadata: { ...phase.metadata },
  ...(phase.discounts.length > 0 ? { discounts: phase.discounts.map(toGivenDiscount) } : {}),
  ...(phase.trial_end === null ? {} : { trial_end: phase.trial_end }),
});
