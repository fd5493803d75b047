import type { Addressed } from "../engine/endpoints/webhook-target.js";
import type { World } from "../engine/world/world.js";
import { inVersion } from "../versions/in-version.js";

/** The API version in which a target gets an event; null: none, for a thin one. */
export const versionOf = ({ event, target }: Addressed): string | null =>
  event.object === "event" ? (target.apiVersion ?? event.api_version) : null;

/**
 * The bytes of an event that a target gets: a snapshot in the version it asked for, or a thin notification. `world` is
 * the one where it happened.
 */
export const bodyOf = ({ event, target }: Addressed, world: World): string => {
  if (event.object === "event") {
    const snapshot = structuredClone(event);
    const version = versionOf({ event, target });
    if (version !== null) inVersion(version, world)(snapshot);
    return JSON.stringify(snapshot, null, 2);
  }
  // Everything else is fetched from /v2/core/events.
  const { data: _fetched, ...notification } = event;
  return JSON.stringify(notification, null, 2);
};
