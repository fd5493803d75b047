import { type Context, day, seconds } from "../world/context.js";
import { find } from "../world/find.js";
import { invalidRequest, missing } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { World } from "../world/world.js";

/** Takes back a report of usage that came in the last 24 hours. */
export const cancelUsage = (
  world: World,
  ctx: Context,
  fields: { event_name: string; cancel?: { identifier?: string } | undefined },
): { identifier: string } => {
  const identifier = fields.cancel?.identifier;
  if (identifier === undefined)
    throw invalidRequest(
      "Missing required param: cancel[identifier].",
      "parameter_missing",
      "cancel[identifier]",
    );
  const seen = find(world.hidden.usageIdentifiers, identifier);
  if (!seen || seen.event_name !== fields.event_name || seen.canceled)
    throw missing("meter event", identifier, "cancel[identifier]");
  const customer = seen.key?.slice(seen.key.indexOf("/") + 1);
  if (seconds(atCustomer(world, ctx, customer)) - seen.received > day)
    throw invalidRequest(
      "Meter events can only be canceled within 24 hours of Stripe receiving them.",
      undefined,
      "cancel[identifier]",
    );
  seen.canceled = true;
  const events = seen.key === null ? undefined : find(world.hidden.usage, seen.key);
  const index = events?.findIndex((event) => event.identifier === identifier) ?? -1;
  if (index >= 0) events?.splice(index, 1);
  return { identifier };
};
