/** @jsxImportSource hono/jsx */
import type { StripeEvent } from "../../engine/world/wire.js";
import { Breakable, Ref, When } from "../frame/cells.js";
import type { Desk } from "../frame/desk.js";

/** The id of the object that an event is about, if it has one. */
export const subjectOf = ({ data }: StripeEvent): string | undefined => {
  const { id } = data.object;
  return typeof id === "string" ? id : undefined;
};

/** An event in a list. */
export const EventLine = ({ desk, event }: { desk: Desk; event: StripeEvent }) => {
  const subject = subjectOf(event);
  return (
    <li>
      <span>
        <a class="what" href={`${desk.base}/events/${event.id}`}>
          <Breakable text={event.type} />
        </a>{" "}
        {subject ? <Ref desk={desk} id={subject} /> : null}
      </span>
      <small>
        <When at={event.created} />
      </small>
    </li>
  );
};
