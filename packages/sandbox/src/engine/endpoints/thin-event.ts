import type { Context } from "../world/context.js";
import { post } from "../world/outbox.js";
import type { ThinEvent } from "../world/wire.js";
import type { World } from "../world/world.js";

type ThinFields = {
  /** What the event is about; `url` is a path such as `/v1/billing/meters/mtr_1`. */
  related?: { id: string; type: string; url: string };
  /** What `/v2/core/events/:id` shows beyond the notification. */
  data?: Record<string, unknown>;
  /** The one destination that hears of it, whatever it listens to. */
  only?: string;
};

/**
 * Appends an event that has no snapshot twin (a meter's errors, say) to the log of thin events.
 *
 * @example
 * emitThin(world, ctx, "v1.billing.meter.no_meter_found", { data: { … } });
 */
export const emitThin = (world: World, ctx: Context, type: string, fields: ThinFields = {}): ThinEvent => {
  const { id, idempotency_key } = ctx.request;
  const event: ThinEvent = {
    id: ctx.ids.id("evt").replace("evt_", "evt_test_"),
    object: "v2.core.event",
    created: ctx.now.toISOString(),
    livemode: false,
    type,
    // The SDK reads a missing context as "this account".
    ...(world.connected ? { context: world.account.id } : {}),
    reason: id === null ? null : { type: "request", request: { id, idempotency_key: idempotency_key ?? "" } },
    ...(fields.related ? { related_object: fields.related } : {}),
    ...(fields.data ? { data: structuredClone(fields.data) } : {}),
  };
  world.thinEvents.push(event);
  post(world, event, fields.only);
  return event;
};
