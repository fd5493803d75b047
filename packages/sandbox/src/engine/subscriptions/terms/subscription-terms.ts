import { checkFuture, checkTrialEnd } from "../../catalog/choose-price.js";
import { type Cycle, fromAnchor } from "../../money/billing-cycle.js";
import { type Context, day, seconds } from "../../world/context.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { NewSubscription, Terms } from "./new-subscription.js";

/** https://docs.stripe.com/api/subscriptions/create#create_subscription-trial_end */
const longestTrial = 730 * day;

const exclusive = (one: string, other: string) =>
  invalidRequest(
    `You may only specify one of these parameters: ${one}, ${other}.`,
    "parameters_exclusive",
    one,
  );

const trialEndOf = (ctx: Context, fields: NewSubscription, planDays: number): number | null => {
  const { trial_end: end, trial_period_days: days } = fields;
  if (end != null && days != null) throw exclusive("trial_end", "trial_period_days");
  if ((end != null || days != null) && fields.trial_from_plan)
    throw invalidRequest("You cannot set `trial_end` or `trial_period_days` when `trial_from_plan=true`.");
  if (typeof end === "number") {
    checkTrialEnd(ctx, end);
    if (end > seconds(ctx) + longestTrial)
      throw invalidRequest(
        "Invalid timestamp: can be no more than 730 days in the future",
        undefined,
        "trial_end",
      );
    return end;
  }
  if (end === "now") return null;
  const length = days ?? (fields.trial_from_plan ? planDays : 0);
  if (length * day > longestTrial)
    throw invalidRequest("The trial period can be no longer than 730 days.", undefined, "trial_period_days");
  return length > 0 ? seconds(ctx) + length * day : null;
};

type Config = NonNullable<NewSubscription["billing_cycle_anchor_config"]>;

/** The first moment after `from` that has the config's day and time; a day the month lacks is its last one. */
const nextAnchor = (config: Config, from: number): number => {
  const base = new Date(from * 1000);
  const { day_of_month, month } = config;
  const time: [number, number, number] = [
    config.hour ?? base.getUTCHours(),
    config.minute ?? base.getUTCMinutes(),
    config.second ?? base.getUTCSeconds(),
  ];
  for (let ahead = 0; ; ahead++) {
    const first = new Date(Date.UTC(base.getUTCFullYear(), base.getUTCMonth() + ahead, 1));
    if (month !== undefined && first.getUTCMonth() + 1 !== month) continue;
    const [year, index] = [first.getUTCFullYear(), first.getUTCMonth()];
    const last = new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
    const found = Date.UTC(year, index, Math.min(day_of_month, last), ...time) / 1000;
    if (found > from) return found;
  }
};

const checkAnchor = (ctx: Context, anchor: number, from: number, cycles: Cycle[]): void => {
  checkFuture(ctx, anchor, "billing_cycle_anchor");
  const natural = Math.min(...cycles.map((cycle) => fromAnchor(from, cycle, 1)));
  if (anchor > natural)
    throw invalidRequest(
      `\`billing_cycle_anchor\` cannot be later than next natural billing date (${natural}) for plan`,
      undefined,
      "billing_cycle_anchor",
    );
};

const anchorOf = (ctx: Context, fields: NewSubscription, from: number, cycles: Cycle[]): number => {
  const { billing_cycle_anchor: anchor, billing_cycle_anchor_config: config } = fields;
  if (anchor !== undefined && config) throw exclusive("billing_cycle_anchor", "billing_cycle_anchor_config");
  if (anchor !== undefined) {
    checkAnchor(ctx, anchor, from, cycles);
    return anchor;
  }
  if (!config) return from;
  // https://docs.stripe.com/billing/subscriptions/billing-cycle
  if (fields.backdate_start_date !== undefined)
    throw exclusive("backdate_start_date", "billing_cycle_anchor_config");
  if (cycles.some(({ interval }) => interval === "day" || interval === "week"))
    throw invalidRequest(
      "`billing_cycle_anchor_config` can only be used with monthly and yearly price intervals.",
      undefined,
      "billing_cycle_anchor_config",
    );
  return nextAnchor(config, from);
};

const checkStart = (ctx: Context, start: number | undefined): void => {
  if (start !== undefined && start > seconds(ctx))
    throw invalidRequest("The `backdate_start_date` must be in the past.", undefined, "backdate_start_date");
};

/** Works out when a new subscription starts, bills and ends its trial; refuses impossible times. */
export const termsOf = (ctx: Context, fields: NewSubscription, cycles: Cycle[], planDays: number): Terms => {
  checkStart(ctx, fields.backdate_start_date);
  const trialEnd = trialEndOf(ctx, fields, planDays);
  const config = fields.billing_cycle_anchor_config;
  return {
    start: fields.backdate_start_date ?? seconds(ctx),
    anchor: anchorOf(ctx, fields, trialEnd ?? seconds(ctx), cycles),
    trialEnd,
    anchorConfig: config
      ? {
          day_of_month: config.day_of_month,
          hour: config.hour ?? null,
          minute: config.minute ?? null,
          month: config.month ?? null,
          second: config.second ?? null,
        }
      : null,
  };
};
