/** @jsxImportSource hono/jsx */
import { When } from "../frame/cells.js";
import type { Note } from "../frame/create-notes.js";
import type { Desk } from "../frame/desk.js";
import { formatSpan } from "../frame/format-time.js";
import { Frame } from "../frame/frame.js";
import { ButtonForm, Part } from "../frame/parts.js";
import { aheadOf } from "../shared/clock-state.js";
import { EventLine } from "../shared/event-line.js";
import { ConnectPart } from "../shared/home-connect.js";
import type { Upcoming } from "../shared/upcoming.js";
import { UpcomingList } from "../shared/upcoming-list.js";

import { Trouble } from "./trouble.js";

type HomeProps = { desk: Desk; frozen: boolean; next: Upcoming[]; note: Note | undefined };

/** What is going on, what comes next, and how to get there. */
export const HomeView = ({ desk, frozen, next, note }: HomeProps) => (
  <Frame desk={desk} title="Home" at="" note={note}>
    <header>
      <h1>{desk.room === desk.platform ? "Your sandbox" : "A connected account"}</h1>
      <p class="muted">A Stripe account of your own, on this machine. Nothing here is real.</p>
    </header>
    <Trouble desk={desk} />
    <Tiles desk={desk} />
    <div class="columns">
      <div>
        <Latest desk={desk} />
        <Next desk={desk} next={next} />
      </div>
      <div>
        <ClockPart desk={desk} frozen={frozen} />
        <ConnectPart desk={desk} />
      </div>
    </div>
  </Frame>
);

const Tiles = ({ desk: { base, room } }: { desk: Desk }) => {
  const { customers, deletedCustomers, subscriptions, invoices } = room.world;
  const living = ["active", "trialing", "past_due"];
  const failed = room.deliveries().filter(({ state }) => state === "failed").length;
  const tiles = [
    {
      href: "/objects/customers",
      count: Object.keys(customers).length - Object.keys(deletedCustomers).length,
      name: "Customers",
    },
    {
      href: "/objects/subscriptions",
      count: Object.values(subscriptions).filter(({ status }) => living.includes(status)).length,
      name: "Running subscriptions",
    },
    {
      href: "/objects/invoices?q=open",
      count: Object.values(invoices).filter(({ status }) => status === "open").length,
      name: "Open invoices",
    },
    { href: "/deliveries?state=failed", count: failed, name: "Failed deliveries", bad: failed > 0 },
  ];
  return (
    <div class="tiles">
      {tiles.map(({ href, count, name, bad }) => (
        <a key={href} class={`tile ${bad ? "bad" : ""}`} href={`${base}${href}`}>
          <b>{count.toLocaleString("en-US")}</b>
          <span>{name}</span>
        </a>
      ))}
    </div>
  );
};

const Latest = ({ desk }: { desk: Desk }) => {
  const events = desk.room.world.events.slice(-8).reverse();
  return (
    <Part title="What happened last" more={<a href={`${desk.base}/events`}>All events</a>}>
      <div class="panel flush">
        {events.length === 0 ? (
          <p class="empty">
            Nothing yet. Create a customer with your secret key, and its event will be here.
          </p>
        ) : (
          <ul class="rows">
            {events.map((event) => (
              <EventLine key={event.id} desk={desk} event={event} />
            ))}
          </ul>
        )}
      </div>
    </Part>
  );
};

const Next = ({ desk, next }: { desk: Desk; next: Upcoming[] }) => (
  <Part title="What comes next">
    <div class="panel flush">
      {next.length === 0 ? (
        <p class="empty">Nothing lies ahead. Renewals, trial ends, retries and expiries will be here.</p>
      ) : (
        <UpcomingList desk={desk} next={next} />
      )}
    </div>
  </Part>
);

const ClockPart = ({ desk, frozen }: { desk: Desk; frozen: boolean }) => {
  const ahead = aheadOf(desk.room, new Date());
  return (
    <Part title="Clock" more={<a href={`${desk.base}/clock`}>More</a>}>
      <div class="panel">
        <div>
          <strong>
            <When at={Math.floor(desk.room.now().getTime() / 1000)} />
          </strong>
          <p class="sub">
            UTC. {frozen ? "It stands still" : "It runs"}
            {Math.abs(ahead) > 60
              ? `, ${formatSpan(Math.abs(ahead))} ${ahead > 0 ? "ahead of" : "behind"} this machine.`
              : ", with this machine’s time."}
          </p>
        </div>
        <div class="buttons">
          {(["hour", "day", "month", "next"] as const).map((by) => (
            <ButtonForm
              key={by}
              action={`${desk.base}/clock/advance`}
              fields={{ by }}
              label={by === "next" ? "To the next event" : `+1 ${by}`}
              look="small"
            />
          ))}
        </div>
      </div>
    </Part>
  );
};
