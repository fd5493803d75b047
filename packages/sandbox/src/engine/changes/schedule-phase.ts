import type Stripe from "stripe";
import { checkPrice, currencyOf, takePrice } from "../catalog/choose-price.js";
import { type Cycle, fromAnchor } from "../money/billing-cycle.js";
import { checkOwnMethod } from "../subscriptions/terms/check-payment-terms.js";
import { isMetered } from "../subscriptions/terms/subscription-item.js";
import { cycleOf } from "../subscriptions/terms/subscription-period.js";
import { needTaxRates } from "../tax/need-tax-rates.js";
import { checkCount } from "../world/check-limits.js";
import { type Context, seconds } from "../world/context.js";
import { find, need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Given, SubscriptionSchedule } from "../world/wire.js";
import type { World } from "../world/world.js";

export type Phase = SubscriptionSchedule["phases"][number];
export type GivenPhase = NonNullable<Given<Stripe.SubscriptionScheduleUpdateParams>["phases"]>[number];

const rhythmOf = (world: World, phase: GivenPhase): Cycle => {
  const [item] = phase.items;
  const price = find(world.prices, item?.price ?? item?.plan);
  if (price) return cycleOf(price);
  const { interval = "month", interval_count = 1 } = item?.price_data?.recurring ?? {};
  return { interval, interval_count };
};

/** The currency that a phase bills in: what it says, or else its first price's. */
export const currencyOfPhase = (world: World, { currency, items }: GivenPhase): string => {
  const [first] = items;
  return (currency ?? (first && currencyOf(world, first)) ?? "usd").toLowerCase();
};

/** When a phase that starts at a time ends; if nothing is said, after one billing interval. */
const endOf = (world: World, ctx: Context, phase: GivenPhase, start: number): number => {
  if (phase.end_date === "now") return seconds(ctx);
  if (phase.end_date !== undefined) return phase.end_date;
  if (phase.duration)
    return fromAnchor(
      start,
      { interval: phase.duration.interval, interval_count: phase.duration.interval_count ?? 1 },
      1,
    );
  return fromAnchor(start, rhythmOf(world, phase), 1);
};

const checkCodes = (world: World, discounts: GivenPhase["discounts"], param: string): void => {
  discounts?.forEach(({ coupon, promotion_code }, index) => {
    const at = `${param}[discounts][${index}]`;
    if (coupon !== undefined) need(world.coupons, "coupon", coupon, `${at}[coupon]`);
    if (promotion_code !== undefined)
      need(world.promotionCodes, "promotion code", promotion_code, `${at}[promotion_code]`);
  });
};

const checkPhase = (world: World, phase: GivenPhase, customer: string, param: string): void => {
  if (phase.items.length === 0)
    throw invalidRequest(`Missing required param: ${param}[items].`, "parameter_missing", `${param}[items]`);
  phase.items.forEach((item, index) => {
    const at = `${param}[items][${index}]`;
    if (!checkPrice(world, item, at))
      throw invalidRequest(`Missing required param: ${at}[price].`, "parameter_missing", `${at}[price]`);
    needTaxRates(world, item.tax_rates, `${at}[tax_rates]`);
  });
  checkCodes(world, phase.discounts, param);
  if (phase.end_date !== undefined && phase.duration)
    throw invalidRequest(
      "You may only specify one of these parameters: end_date, duration.",
      "parameters_exclusive",
      `${param}[end_date]`,
    );
  if (phase.trial && phase.billing_cycle_anchor === "phase_start")
    throw invalidRequest(
      "`billing_cycle_anchor` cannot be `phase_start` if the phase specifies a trial.",
      undefined,
      `${param}[billing_cycle_anchor]`,
    );
  checkOwnMethod(world, customer, phase.default_payment_method, `${param}[default_payment_method]`);
};

type Dates = { start: number; end: number };

/** When the phases start and end, one after the other; refuses dates that run backwards. */
export const checkPhases = (
  world: World,
  ctx: Context,
  phases: readonly GivenPhase[],
  { customer, start }: { customer: string; start: number },
): Dates[] => {
  // "up to 10 current and future phases": https://docs.stripe.com/billing/subscriptions/subscription-schedules
  checkCount(phases, 10, "phases");
  let from = start;
  return phases.map((phase, index) => {
    const param = `phases[${index}]`;
    checkPhase(world, phase, customer, param);
    const named = phase.start_date === "now" ? seconds(ctx) : phase.start_date;
    if (named !== undefined && index > 0 && named !== from)
      throw invalidRequest(
        "The `start_date` of a phase must equal the `end_date` of the phase before it.",
        undefined,
        `${param}[start_date]`,
      );
    const end = endOf(world, ctx, phase, from);
    if (end < from || (end === from && phase.end_date !== "now"))
      throw invalidRequest(
        "The `end_date` of a phase must be after its `start_date`.",
        undefined,
        `${param}[end_date]`,
      );
    const dates = { start: from, end };
    from = end;
    return dates;
  });
};

type GivenDiscount = { coupon?: string; discount?: string; promotion_code?: string };

const discountsOf = (given: readonly GivenDiscount[] | null | undefined): Phase["discounts"] =>
  (given ?? []).map(({ coupon = null, discount = null, promotion_code = null }) => ({
    coupon,
    discount,
    promotion_code,
  }));

/** An empty value is kept: it removes the key once the phase is entered. */
const metadataOf = (given: GivenPhase["metadata"]): Record<string, string> =>
  Object.fromEntries(Object.entries(given ?? {}).map(([key, value]) => [key, String(value)]));

const itemsOf = (world: World, ctx: Context, phase: GivenPhase): Phase["items"] =>
  phase.items.flatMap((given) => {
    const price = takePrice(world, ctx, given);
    if (!price) return [];
    return [
      {
        billing_thresholds: null,
        discounts: discountsOf(given.discounts),
        metadata: metadataOf(given.metadata),
        plan: price.id,
        price: price.id,
        ...(isMetered(price) ? {} : { quantity: given.quantity ?? 1 }),
        tax_rates: needTaxRates(world, given.tax_rates, "tax_rates"),
      },
    ];
  });

/** The `trial_end` of a phase: its own, or its end if all of it is a trial. */
const trialEndOf = (ctx: Context, given: GivenPhase, end: number): number | null => {
  if (given.trial) return end;
  return given.trial_end === "now" ? seconds(ctx) : (given.trial_end ?? null);
};

/** Makes a phase from what a request gave, once that has been checked. */
export const toPhase = (world: World, ctx: Context, given: GivenPhase, { start, end }: Dates): Phase => {
  const settings = given.invoice_settings;
  return {
    add_invoice_items: [],
    application_fee_percent: given.application_fee_percent ?? null,
    billing_cycle_anchor: given.billing_cycle_anchor ?? null,
    billing_thresholds: null,
    collection_method: given.collection_method ?? null,
    currency: currencyOfPhase(world, given),
    default_payment_method: given.default_payment_method ?? null,
    default_tax_rates: needTaxRates(world, given.default_tax_rates, "default_tax_rates"),
    description: given.description || null,
    discounts: discountsOf(given.discounts),
    end_date: end,
    invoice_settings: settings
      ? {
          account_tax_ids: null,
          custom_fields: null,
          days_until_due: settings.days_until_due ?? null,
          description: settings.description || null,
          footer: settings.footer || null,
          issuer: null,
        }
      : null,
    items: itemsOf(world, ctx, given),
    metadata: metadataOf(given.metadata),
    on_behalf_of: null,
    proration_behavior: given.proration_behavior ?? "create_prorations",
    start_date: start,
    transfer_data: null,
    trial_end: trialEndOf(ctx, given, end),
  };
};
