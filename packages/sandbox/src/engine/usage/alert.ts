import type Stripe from "stripe";
import { fromScaled, toScaled } from "../money/decimal.js";
import { type Context, seconds } from "../world/context.js";
import { emit } from "../world/emit.js";
import { find, need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Alert, AlertTriggered, Given, Meter } from "../world/wire.js";
import type { World } from "../world/world.js";

export type NewAlert = Pick<
  Given<Stripe.Billing.AlertCreateParams>,
  "alert_type" | "title" | "usage_threshold"
>;
type Threshold = NonNullable<NewAlert["usage_threshold"]>;

/** For each meter and customer. https://docs.stripe.com/billing/subscriptions/usage-based/alerts */
const most = 25;

const customerOf = (alert: Pick<Alert, "usage_threshold">): string | null =>
  (alert.usage_threshold?.filters?.[0]?.customer ?? null) as string | null;

const meterOf = (alert: Alert): string | undefined => alert.usage_threshold?.meter as string | undefined;

const checkThreshold = (world: World, threshold: Threshold): void => {
  need(world.meters, "billing meter", threshold.meter, "usage_threshold[meter]");
  if (threshold.gte < 1)
    throw invalidRequest(
      "This value must be greater than or equal to 1.",
      "parameter_invalid_integer",
      "usage_threshold[gte]",
    );
  const filters = threshold.filters ?? [];
  if (filters.length > 1)
    throw invalidRequest("You can only specify one filter.", undefined, "usage_threshold[filters]");
  const customer = filters[0]?.customer;
  if (customer !== undefined)
    need(world.customers, "customer", customer, "usage_threshold[filters][0][customer]");
  const others = Object.values(world.alerts).filter(
    (alert) =>
      alert.status !== "archived" &&
      meterOf(alert) === threshold.meter &&
      customerOf(alert) === (customer ?? null),
  );
  if (others.length >= most)
    throw invalidRequest(`You can have at most ${most} alerts for a meter and a customer.`);
};

/** Creates an alert that goes off once for each customer whose usage from now on reaches a value. */
export const createAlert = (world: World, ctx: Context, fields: NewAlert): Alert => {
  const threshold = fields.usage_threshold;
  if (!threshold)
    throw invalidRequest("Missing required param: usage_threshold.", "parameter_missing", "usage_threshold");
  checkThreshold(world, threshold);
  const filters = (threshold.filters ?? []).map(({ customer = null, type }) => ({ customer, type }));
  const alert: Alert = {
    id: ctx.ids.id("alrt"),
    object: "billing.alert",
    alert_type: fields.alert_type,
    livemode: false,
    status: "active",
    title: fields.title,
    usage_threshold: {
      filters: filters.length > 0 ? filters : null,
      gte: threshold.gte,
      meter: threshold.meter,
      recurrence: threshold.recurrence,
    },
  };
  world.alerts[alert.id] = alert;
  return alert;
};

/** Changes whether an alert goes off; an archived one is gone for good. */
export const setAlertStatus = (
  world: World,
  id: string,
  status: "active" | "archived" | "inactive",
): Alert => {
  const alert = need<Alert>(world.alerts, "billing alert", id);
  if (alert.status === "archived")
    throw invalidRequest(`The alert ${id} has been archived and can't be changed any more.`);
  alert.status = status;
  return alert;
};

const trigger = (world: World, ctx: Context, alert: Alert, customer: string, value: number): void => {
  const triggered: AlertTriggered = {
    object: "billing.alert_triggered",
    alert: structuredClone(alert),
    created: seconds(ctx),
    customer,
    livemode: false,
    value,
  };
  emit(world, ctx, "billing.alert.triggered", triggered);
};

/** Adds a report of usage to what the meter's alerts have seen, and sets off those whose value is reached. */
export const watchUsage = (
  world: World,
  given: Context,
  { meter, customer, value }: { meter: Meter; customer: string; value: string },
): void => {
  for (const alert of Object.values(world.alerts)) {
    if (alert.status !== "active" || meterOf(alert) !== meter.id) continue;
    const only = customerOf(alert);
    const key = `${alert.id}/${customer}`;
    if ((only !== null && only !== customer) || Object.hasOwn(world.hidden.announced, key)) continue;
    const before = find(world.hidden.alertTotals, key) ?? "0";
    const isLast = meter.default_aggregation.formula === "last";
    const total = isLast ? value : fromScaled(toScaled(before) + toScaled(value));
    world.hidden.alertTotals[key] = total;
    if (Number(total) < (alert.usage_threshold?.gte ?? Number.POSITIVE_INFINITY)) continue;
    const ctx = atCustomer(world, given, customer);
    world.hidden.announced[key] = seconds(ctx);
    trigger(world, ctx, alert, customer, Number(total));
  }
};
