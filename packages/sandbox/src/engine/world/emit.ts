import { type Context, seconds } from "./context.js";
import { hurryLast, post } from "./outbox.js";
import { previousAttributes } from "./previous-attributes.js";
import { touch } from "./touch.js";
import type { StripeEvent } from "./wire.js";
import type { World } from "./world.js";

type StripeObject = { id: string; object: string };

/** Appends an event with a snapshot of the object to the log. */
export const emit = (
  world: World,
  ctx: Context,
  type: string,
  object: object,
  previous?: Record<string, unknown>,
): StripeEvent => {
  const event: StripeEvent = {
    id: ctx.ids.id("evt"),
    object: "event",
    ...(world.connected ? { account: world.account.id } : {}),
    api_version: ctx.apiVersion,
    created: seconds(ctx),
    data: {
      object: structuredClone(object) as Record<string, unknown>,
      ...(previous ? { previous_attributes: structuredClone(previous) } : {}),
    },
    livemode: false,
    // Counted when it is handed to delivery, which knows the endpoints.
    pending_webhooks: 0,
    request: { ...ctx.request },
    type,
  };
  world.events.push(event);
  post(world, event);
  if ("id" in object && typeof object.id === "string") touch(world, object.id);
  return event;
};

/** Applies a change and, if anything is different, emits its event with `previous_attributes`. */
export const change = <T extends StripeObject>(
  world: World,
  ctx: Context,
  type: string,
  object: T,
  apply: (object: T) => void,
): T => {
  const before = structuredClone(object);
  apply(object);
  const previous = previousAttributes({ ...before }, { ...object });
  if (Object.keys(previous).length > 0) emit(world, ctx, type, object, previous);
  return object;
};

/** Moves the newest event back to a position that was noted earlier: it was emitted last, but came first. */
export const moveLastEvent = (world: World, position: number): void => {
  hurryLast(world, world.events.length - 1 - position);
  const [event] = world.events.splice(-1, 1);
  if (event) world.events.splice(position, 0, event);
};
