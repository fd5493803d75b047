/** @jsxImportSource hono/jsx */
import type { StripeEvent } from "../../engine/world/wire.js";
import { Breakable, Ref, When } from "../frame/cells.js";
import type { Desk } from "../frame/desk.js";
import { Part } from "../frame/parts.js";
import { subjectOf } from "./event-line.js";

const most = 200;

/** The events of a move, grouped by the second in which they happened. */
export const Happened = ({ desk, ids }: { desk: Desk; ids: string[] }) => {
  const wanted = new Set(ids);
  const events = desk.room.world.events.filter(({ id }) => wanted.has(id));
  const shown = events.slice(0, most);
  const seconds = new Map<number, StripeEvent[]>();
  for (const event of shown) seconds.set(event.created, [...(seconds.get(event.created) ?? []), event]);
  return (
    <Part
      title="What happened"
      more={
        events.length > most ? (
          <span class="sub">the first {most}</span>
        ) : events.length < wanted.size ? (
          <span class="sub">{wanted.size - events.length} more are older than 30 days</span>
        ) : null
      }
    >
      <div class="panel flush">
        <ol class="rows">
          {[...seconds].map(([at, together]) => (
            <li key={at}>
              <small>
                <When at={at} />
              </small>
              <ul class="happened">
                {together.map((event) => (
                  <li key={event.id}>
                    <a class="what" href={`${desk.base}/events/${event.id}`}>
                      <Breakable text={event.type} />
                    </a>{" "}
                    <Ref desk={desk} id={subjectOf(event)} />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      </div>
    </Part>
  );
};
