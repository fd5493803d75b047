import type { Addressed } from "../engine/endpoints/webhook-target.js";

/**
 * The bytes of an event that a target gets: a snapshot in the version it asked for, or a thin notification.
 */
export const bodyOf = ({ event, target }: Addressed): string => {
  if (event.object === "event")
    return JSON.stringify({ ...event, api_version: target.apiVersion ?? event.api_version }, null, 2);
  // Everything else is fetched from /v2/core/events.
  const { data: _fetched, ...notification } = event;
  return JSON.stringify(notification, null, 2);
};
