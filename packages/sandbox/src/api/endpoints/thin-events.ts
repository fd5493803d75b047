import { thinTwins } from "../../engine/endpoints/thin-twins.js";
import { missing } from "../../engine/world/stripe-error.js";
import type { ThinEvent } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { pageOfV2 } from "../answers/page-of-v2.js";
import { hash, integer, list, text } from "../params/fields.js";
import { ownRoute } from "../params/route.js";

/** All thin events, newest first; those of the same time in reverse order of occurrence. */
const thinEvents = (world: World): ThinEvent[] => {
  const twins = world.events.flatMap(thinTwins);
  const own = world.thinEvents;
  if (own.length === 0) return twins.reverse();
  return [...twins, ...own]
    .sort((one, other) => Date.parse(one.created) - Date.parse(other.created))
    .reverse();
};

const filters = {
  created: hash({ gt: text(), gte: text(), lt: text(), lte: text() }),
  limit: integer(1),
  object_id: text(),
  page: text(),
  types: list(text()),
};

type Range = { gt?: string; gte?: string; lt?: string; lte?: string };

const inRange = (created: string, { gt, gte, lt, lte }: Range): boolean => {
  const time = Date.parse(created);
  return (
    (gt === undefined || time > Date.parse(gt)) &&
    (gte === undefined || time >= Date.parse(gte)) &&
    (lt === undefined || time < Date.parse(lt)) &&
    (lte === undefined || time <= Date.parse(lte))
  );
};

/** `/v2/core/events` */
export const thinEventRoutes = [
  ownRoute("GET", "/v2/core/events/:id", {}, ({ world, id }) => {
    const event = thinEvents(world).find((row) => row.id === id);
    if (!event) throw missing("event", id);
    return event;
  }),
  ownRoute("GET", "/v2/core/events", filters, ({ world, params }) => {
    const { created = {}, object_id, types } = params;
    const rows = thinEvents(world).filter(
      (event) =>
        inRange(event.created, created) &&
        (object_id === undefined || event.related_object?.id === object_id) &&
        (types === undefined || types.includes(event.type)),
    );
    return pageOfV2(rows, params, "/v2/core/events");
  }),
];
