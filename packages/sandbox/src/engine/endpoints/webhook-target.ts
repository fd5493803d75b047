import { find } from "../world/find.js";
import type { HiddenEndpoint } from "../world/hidden.js";
import type { StripeEvent, ThinEvent } from "../world/wire.js";
import type { World } from "../world/world.js";
import { thinTwins } from "./thin-twins.js";

/** An endpoint or event destination, as delivery sees it. */
export type Target = {
  id: string;
  hidden: HiddenEndpoint;
  enabled: boolean;
  events: string[];
  payload: "snapshot" | "thin";
  /** The version that a snapshot says it has; null: as it was made. */
  apiVersion: string | null;
};

/** The endpoint or destination with that id. */
export const findTarget = (world: World, id: string): Target | undefined => {
  const hidden = find(world.hidden.endpoints, id);
  if (!hidden) return undefined;
  const endpoint = find(world.webhookEndpoints, id);
  if (endpoint)
    return {
      id,
      hidden,
      enabled: endpoint.status === "enabled",
      events: endpoint.enabled_events,
      payload: "snapshot",
      apiVersion: endpoint.api_version,
    };
  const destination = find(world.eventDestinations, id);
  return (
    destination && {
      id,
      hidden,
      enabled: destination.status === "enabled",
      events: destination.enabled_events,
      payload: destination.event_payload,
      apiVersion: destination.snapshot_api_version ?? null,
    }
  );
};

/** What is delivered to one target: the event itself, or its thin twins. */
export type Addressed = { target: Target; event: StripeEvent | ThinEvent };

const listens = (target: Target, type: string): boolean =>
  target.enabled && (target.events.includes("*") || target.events.includes(type));

const formsFor = (target: Target, event: StripeEvent | ThinEvent): Array<StripeEvent | ThinEvent> => {
  if (event.object === "v2.core.event") return target.payload === "thin" ? [event] : [];
  return target.payload === "thin" ? thinTwins(event) : [event];
};

/** Which of the endpoints in `world` hear of an event; `from` says whether it happened there. */
export const addressesOf = (
  world: World,
  event: StripeEvent | ThinEvent,
  from: "connected" | "own",
): Addressed[] =>
  Object.keys(world.hidden.endpoints).flatMap((id) => {
    const target = findTarget(world, id);
    if (!target || (target.hidden.hears !== from && target.hidden.hears !== "both")) return [];
    return formsFor(target, event)
      .filter(({ type }) => listens(target, type))
      .map((form) => ({ target, event: form }));
  });
