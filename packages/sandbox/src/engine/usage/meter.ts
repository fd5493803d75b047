import type Stripe from "stripe";
import { type Context, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Given, Meter } from "../world/wire.js";
import type { World } from "../world/world.js";

export type NewMeter = Omit<Given<Stripe.Billing.MeterCreateParams>, "expand">;

/** The meter that listens to an event name; an active one, unless only an inactive one does. */
export const meterOf = (world: World, eventName: string): Meter | undefined => {
  const named = Object.values(world.meters).filter((meter) => meter.event_name === eventName);
  return named.find((meter) => meter.status === "active") ?? named.at(-1);
};

/** The meter that counts events of a name now, or Stripe's refusal; the second API takes them and reports later. */
export const needActiveMeter = (world: World, eventName: string): Meter => {
  const meter = meterOf(world, eventName);
  if (meter?.status === "active") return meter;
  throw invalidRequest(`No active meter found for event name "${eventName}".`);
};

const checkName = (world: World, eventName: string, own: string | null): void => {
  const other = meterOf(world, eventName);
  if (other?.status !== "active" || other.id === own) return;
  throw invalidRequest(
    `A meter with the event name \`${eventName}\` already exists.`,
    "resource_already_exists",
    "event_name",
  );
};

const checkTexts = ({ display_name = "", event_name = "" }: Partial<NewMeter>): void => {
  if (display_name.length > 250)
    throw invalidRequest("The display name must be at most 250 characters.", undefined, "display_name");
  if (event_name.length > 100)
    throw invalidRequest("The event name must be at most 100 characters.", undefined, "event_name");
};

/** Creates a meter. */
export const createMeter = (world: World, ctx: Context, fields: NewMeter): Meter => {
  checkTexts(fields);
  checkName(world, fields.event_name, null);
  const now = seconds(ctx);
  const meter: Meter = {
    id: ctx.ids.id("mtr").replace("mtr_1", "mtr_test_61"),
    object: "billing.meter",
    created: now,
    customer_mapping: fields.customer_mapping ?? { event_payload_key: "stripe_customer_id", type: "by_id" },
    default_aggregation: { formula: fields.default_aggregation.formula },
    display_name: fields.display_name,
    event_name: fields.event_name,
    event_time_window: fields.event_time_window ?? null,
    livemode: false,
    status: "active",
    status_transitions: { deactivated_at: null },
    updated: now,
    value_settings: fields.value_settings ?? { event_payload_key: "value" },
  };
  world.meters[meter.id] = meter;
  emit(world, ctx, "billing.meter.created", meter);
  return meter;
};

/** Renames a meter; nothing else about it can be changed. */
export const updateMeter = (
  world: World,
  ctx: Context,
  id: string,
  fields: { display_name?: string },
): Meter => {
  const meter = need(world.meters, "billing meter", id);
  checkTexts(fields);
  const { display_name } = fields;
  if (display_name === undefined || display_name === meter.display_name) return meter;
  return change(world, ctx, "billing.meter.updated", meter, (draft) => {
    draft.display_name = display_name;
    draft.updated = seconds(ctx);
  });
};

const needStatus = (meter: Meter, status: "active" | "inactive"): void => {
  if (meter.status !== status)
    throw invalidRequest(
      `The meter is already ${status === "active" ? "inactive" : "active"}.`,
      undefined,
      "id",
    );
};

/** Stops a meter from taking events and new prices. */
export const deactivateMeter = (world: World, ctx: Context, id: string): Meter => {
  const meter = need(world.meters, "billing meter", id);
  needStatus(meter, "active");
  return change(world, ctx, "billing.meter.deactivated", meter, (draft) => {
    draft.status = "inactive";
    draft.status_transitions.deactivated_at = seconds(ctx);
    draft.updated = seconds(ctx);
  });
};

/** Lets a meter take events and new prices again. */
export const reactivateMeter = (world: World, ctx: Context, id: string): Meter => {
  const meter = need(world.meters, "billing meter", id);
  needStatus(meter, "inactive");
  checkName(world, meter.event_name, meter.id);
  return change(world, ctx, "billing.meter.reactivated", meter, (draft) => {
    draft.status = "active";
    draft.status_transitions.deactivated_at = null;
    draft.updated = seconds(ctx);
  });
};
