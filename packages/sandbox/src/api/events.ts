import { invalidRequest, missing } from "../engine/stripe-error.js";
import { list, pagination, range, text } from "./fields.js";
import { pageOf, within } from "./page-of.js";
import { ownRoute } from "./route.js";

const matches = (type: string, pattern: string): boolean =>
  pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;

/** `/v1/events` */
export const eventRoutes = [
  ownRoute("GET", "/v1/events/:id", {}, ({ world, id }) => {
    const event = world.events.find((row) => row.id === id);
    if (!event) throw missing("event", id);
    return event;
  }),
  ownRoute(
    "GET",
    "/v1/events",
    { ...pagination, created: range(), type: text(), types: list(text()) },
    ({ world, params }) => {
      if (params.type !== undefined && params.types !== undefined)
        throw invalidRequest(
          "You may only specify one of these parameters: type, types.",
          "parameters_exclusive",
        );
      const patterns = params.types ?? (params.type === undefined ? ["*"] : [params.type]);
      const rows = world.events
        .filter(
          (event) =>
            within(event.created, params.created) && patterns.some((pattern) => matches(event.type, pattern)),
        )
        .reverse();
      return pageOf(rows, params, "/v1/events");
    },
  ),
];
