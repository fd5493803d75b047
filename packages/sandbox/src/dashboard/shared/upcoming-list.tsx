/** @jsxImportSource hono/jsx */
import { Ref, When } from "../frame/cells.js";
import type { Desk } from "../frame/desk.js";
import { formatDistance } from "../frame/format-time.js";
import type { Upcoming } from "./upcoming.js";

/** What lies ahead, with how far away it is by its own clock. */
export const UpcomingList = ({ desk, next }: { desk: Desk; next: Upcoming[] }) => {
  const { room } = desk;
  const timeOf = (clock: string | null): number =>
    (clock && room.world.testClocks[clock]?.frozen_time) || Math.floor(room.now().getTime() / 1000);
  return (
    <ul class="rows">
      {next.map(({ object, what, at, clock, customer }) => (
        <li key={object}>
          <span>
            <span class="what">{what}</span>
            <span class="sub line-below">
              <Ref desk={desk} id={object} />
              {customer ? <Ref desk={desk} id={customer} /> : null}
              {clock ? <span>on a test clock</span> : null}
            </span>
          </span>
          <small>
            {formatDistance(at, timeOf(clock))}
            <span class="line-below">
              <When at={at} />
            </span>
          </small>
        </li>
      ))}
    </ul>
  );
};
