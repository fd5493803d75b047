import type Stripe from "stripe";
import { idOf } from "../language/id-of.js";
import type { PriceMarks } from "../language/names.js";
import { lineOf } from "./line-of.js";

type Phase = Stripe.SubscriptionSchedule.Phase;
type PhaseItem = Phase["items"][number];
type GivenPhase = Stripe.SubscriptionScheduleUpdateParams.Phase;
type GivenItem = GivenPhase["items"][number];

/** A line of what comes. */
export interface NextItem {
  readonly price: string;
  readonly quantity?: number | undefined;
  /** What it is for, as `lineOf` names it: it takes the place of what was for the same. */
  readonly line: string;
}

/** What comes after the running phase. */
export interface NextPhase {
  readonly items: readonly NextItem[];
  /** After that, the subscription continues without a schedule. */
  readonly duration?: NonNullable<GivenPhase["duration"]>;
  readonly end_date?: number;
  /** Those that run and go on, by Stripe's ids. @default all that the running phase has */
  readonly discounts?: readonly string[];
  /** @default the billing cycle goes on from where it began */
  readonly billing_cycle_anchor?: "phase_start";
}

/**
 * The phase that runs, as it is, until the period ends, and the next one. Everything that a phase would otherwise reset is
 * given again: discounts as they run, taxes, metadata, the way of paying, and what each line carries.
 *
 * @param running with the prices of its lines
 */
export function toPhases(
  running: Phase,
  periodEnd: number,
  { items, discounts: left, ...length }: NextPhase,
  marks: PriceMarks,
): GivenPhase[] {
  const { billing_cycle_anchor, ...kept } = keepTerms(running);
  const later = new Set(items.map(({ price }) => price));
  const ends = ({ discount }: Phase["discounts"][number]) =>
    left !== undefined && discount !== null && !left.includes(idOf(discount));
  const discounts = running.discounts.filter((one) => !ends(one)).map(keepDiscount);
  // An empty list is no list in a form: it would keep what the subscription has.
  const isEnded = discounts.length === 0 && running.discounts.length > 0;
  return [
    keepPhase(running, periodEnd),
    {
      ...kept,
      discounts: isEnded ? "" : discounts,
      items: items.map(({ price, quantity, line }) => {
        const isReplaced = (one: PhaseItem) =>
          lineOf(one.price, marks) === line && !later.has(idOf(one.price));
        const before =
          running.items.find((one) => idOf(one.price) === price) ?? running.items.find(isReplaced);
        const own = before === undefined ? {} : keepItem(before);
        return { ...own, price, ...(quantity !== undefined && { quantity }) };
      }),
      ...length,
      // What was paid for is used up, so that there is nothing to settle.
      proration_behavior: "none",
    },
  ];
}

type Phased = Pick<Stripe.SubscriptionSchedule, "phases" | "current_phase">;

/** What runs and what comes, as it is but for the way of paying: Stripe wants all of it again. */
export function payPhasesWith(schedule: Phased, default_payment_method: string): GivenPhase[] {
  return phasesLeft(schedule).map((phase) => ({ ...repeatPhase(phase), default_payment_method }));
}

/** The same, with a discount that the subscription has since. */
export function discountPhasesWith(schedule: Phased, discount: string): GivenPhase[] {
  return phasesLeft(schedule).map((phase) => {
    const { discounts, ...kept } = repeatPhase(phase);
    const others = Array.isArray(discounts) ? discounts : [];
    return { ...kept, discounts: hasDiscount(phase, discount) ? others : [...others, { discount }] };
  });
}

/** Whether a discount that runs is used by what runs and by all that comes. */
export function isInEachPhase(schedule: Phased, discount: string): boolean {
  return phasesLeft(schedule).every((phase) => hasDiscount(phase, discount));
}

function hasDiscount({ discounts }: Phase, id: string): boolean {
  return discounts.some(({ discount }) => discount !== null && idOf(discount) === id);
}

function phasesLeft({ phases, current_phase }: Phased): readonly Phase[] {
  return phases.filter(({ end_date }) => end_date > (current_phase?.start_date ?? 0));
}

function repeatPhase(phase: Phase): GivenPhase {
  return { ...keepPhase(phase, phase.end_date), proration_behavior: phase.proration_behavior };
}

function keepPhase(phase: Phase, end_date: number): GivenPhase {
  const { items, start_date, trial_end } = phase;
  return {
    ...keepTerms(phase),
    items: items.map(keepItem),
    start_date,
    end_date,
    ...(trial_end !== null && trial_end <= end_date && { trial_end }),
  };
}

function keepTerms(phase: Phase): Omit<GivenPhase, "items"> {
  const { automatic_tax, collection_method, default_payment_method, description, metadata } = phase;
  const { billing_cycle_anchor } = phase;
  const days = phase.invoice_settings?.days_until_due ?? null;
  return {
    discounts: phase.discounts.map(keepDiscount),
    default_tax_rates: (phase.default_tax_rates ?? []).map(({ id }) => id),
    ...(automatic_tax?.enabled && { automatic_tax: { enabled: true } }),
    ...(collection_method !== null && { collection_method }),
    ...(default_payment_method !== null && { default_payment_method: idOf(default_payment_method) }),
    ...(description !== null && { description }),
    ...(billing_cycle_anchor !== null && { billing_cycle_anchor }),
    ...(days !== null && { invoice_settings: { days_until_due: days } }),
    ...(metadata !== null && { metadata }),
  };
}

function keepItem(item: PhaseItem): GivenItem {
  const { discounts, metadata, price, quantity, tax_rates } = item;
  return {
    price: idOf(price),
    ...(quantity !== undefined && { quantity }),
    ...(discounts.length > 0 && { discounts: discounts.map(keepDiscount) }),
    ...(metadata !== null && { metadata }),
    ...(tax_rates && tax_rates.length > 0 && { tax_rates: tax_rates.map(({ id }) => id) }),
  };
}

/** A discount that runs is used again with what is left of it: a coupon would begin anew. */
function keepDiscount({ coupon, discount, promotion_code }: Phase["discounts"][number]) {
  if (discount !== null) return { discount: idOf(discount) };
  if (promotion_code !== null) return { promotion_code: idOf(promotion_code) };
  return coupon === null ? {} : { coupon: idOf(coupon) };
}
