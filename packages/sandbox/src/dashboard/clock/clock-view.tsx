/** @jsxImportSource hono/jsx */
import { day } from "../../engine/world/context.js";
import type { TestClock } from "../../engine/world/wire.js";
import { Badge, Ref, When } from "../frame/cells.js";
import type { Note } from "../frame/create-notes.js";
import type { Desk } from "../frame/desk.js";
import { formatSpan } from "../frame/format-time.js";
import { Frame } from "../frame/frame.js";
import { ButtonForm, Part } from "../frame/parts.js";
import { aheadOf } from "../shared/clock-state.js";
import { Happened } from "../shared/happened.js";
import { type Upcoming, upcoming } from "../shared/upcoming.js";
import { UpcomingList } from "../shared/upcoming-list.js";

type ClockProps = { desk: Desk; frozen: boolean; next: Upcoming[]; note: Note | undefined };

/** The sandbox's clock, the test clocks, and what happened when one was moved. */
export const ClockView = ({ desk, frozen, next, note }: ClockProps) => {
  const ahead = aheadOf(desk.room, new Date());
  const now = Math.floor(desk.room.now().getTime() / 1000);
  const clocks = Object.values(desk.room.world.testClocks).reverse();
  return (
    <Frame desk={desk} title="Clock" at="/clock" note={note}>
      <header>
        <h1>
          <When at={now} />
        </h1>
        <p class="muted">
          UTC. {frozen ? "The clock stands still" : "The clock runs"}
          {Math.abs(ahead) > 60
            ? `, ${formatSpan(Math.abs(ahead))} ${ahead > 0 ? "ahead of" : "behind"} this machine`
            : ""}
          . It only moves forward, and everything that falls due on the way happens, in order.
        </p>
      </header>
      <div class="columns even">
        <div>
          <Part title="Move the clock">
            <div class="panel">
              <Moves action={`${desk.base}/clock/advance`} from={now} name="main" main />
            </div>
          </Part>
          {note?.events && note.events.length > 0 ? <Happened desk={desk} ids={note.events} /> : null}
          <Part title="Test clocks">
            {clocks.length === 0 ? (
              <div class="panel">
                <p class="empty">
                  None yet. Customers that the API creates with a <code>test_clock</code> live by its time.
                </p>
              </div>
            ) : (
              clocks.map((clock) => <TestClockPanel key={clock.id} desk={desk} clock={clock} />)
            )}
          </Part>
        </div>
        <div>
          <Part title="What comes next">
            <div class="panel flush">
              {next.length === 0 ? (
                <p class="empty">
                  Nothing lies ahead. Renewals, trial ends, retries and expiries will be here.
                </p>
              ) : (
                <UpcomingList desk={desk} next={next} />
              )}
            </div>
          </Part>
        </div>
      </div>
    </Frame>
  );
};

const steps = ["hour", "day", "week", "month"] as const;

type MovesProps = { action: string; from: number; name: string; main?: boolean };

const Moves = ({ action, from, name, main = false }: MovesProps) => (
  <div class="stack">
    <div class="buttons">
      {steps.map((by) => (
        <ButtonForm key={by} action={action} fields={{ by }} label={`+1 ${by}`} />
      ))}
      <ButtonForm
        action={action}
        fields={{ by: "next" }}
        label="To the next event"
        look={main ? "primary" : ""}
      />
    </div>
    <form class="line" method="post" action={action}>
      <div class="field wide">
        <label for={`to-${name}`}>To a time, in UTC</label>
        <input
          id={`to-${name}`}
          name="to"
          type="datetime-local"
          required
          step="1"
          min={new Date(from * 1000).toISOString().slice(0, 19)}
          value={new Date((from + day) * 1000).toISOString().slice(0, 19)}
        />
      </div>
      <button type="submit" class="button">
        Go there
      </button>
    </form>
  </div>
);

const TestClockPanel = ({ desk, clock }: { desk: Desk; clock: TestClock }) => {
  const next = upcoming(desk.room.world, 1, clock.id)[0];
  return (
    <div class="panel">
      <div class="head">
        <strong>
          <Ref desk={desk} id={clock.id} />
        </strong>
        <Badge state={clock.status} />
      </div>
      <p class="sub">
        <When at={clock.frozen_time} />
        {next ? `. Next: ${next.what.toLowerCase()}, ` : ". Nothing lies ahead."}
        {next ? <When at={next.at} /> : null}
      </p>
      <Moves action={`${desk.base}/clock/${clock.id}/advance`} from={clock.frozen_time} name={clock.id} />
    </div>
  );
};
