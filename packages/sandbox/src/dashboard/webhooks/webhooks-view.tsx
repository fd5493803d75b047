/** @jsxImportSource hono/jsx */
import { findTarget, type Target } from "../../engine/endpoints/webhook-target.js";
import { Badge, Breakable } from "../frame/cells.js";
import type { Note } from "../frame/create-notes.js";
import type { Desk } from "../frame/desk.js";
import { Frame } from "../frame/frame.js";
import { Part } from "../frame/parts.js";
import { Table, type TableColumn } from "../frame/table.js";
import { ChaosForm } from "./chaos-form.js";

const columnsOf = ({ base, room: { world } }: Desk): TableColumn<Target>[] => [
  {
    head: "Address",
    cell: ({ id, hidden }) => (
      <a href={`${base}/webhooks/${id}`}>
        <Breakable text={hidden.url} />
      </a>
    ),
  },
  { head: "State", cell: ({ enabled }) => <Badge state={enabled ? "enabled" : "disabled"} /> },
  {
    head: "Hears of",
    wide: true,
    cell: ({ events }) => (events.includes("*") ? "Everything" : `${events.length} types`),
  },
  { head: "Payload", wide: true, cell: ({ payload }) => (payload === "thin" ? "Thin" : "Snapshot") },
  {
    head: "Chaos",
    wide: true,
    cell: ({ id }) => (world.chaos.at[id] ? "Its own" : world.chaos.everywhere ? "As everywhere" : "Off"),
  },
];

/** Every endpoint, a form for one more, and chaos for all of them. */
export const WebhooksView = ({ desk, note }: { desk: Desk; note: Note | undefined }) => {
  const { world } = desk.room;
  const targets = Object.keys(world.hidden.endpoints).flatMap((id) => findTarget(world, id) ?? []);
  return (
    <Frame desk={desk} title="Webhooks" at="/webhooks" note={note}>
      <header>
        <h1>Webhooks</h1>
        <p class="muted">Who hears of events, and how badly that may go.</p>
      </header>
      <Part title="Endpoints">
        <Table
          label="Endpoints"
          columns={columnsOf(desk)}
          rows={targets}
          empty="No endpoint yet. Add the address of your webhook handler below."
        />
      </Part>
      <Part title="Add an endpoint">
        <form class="panel" method="post" action={`${desk.base}/webhooks`}>
          <div class="line">
            <div class="field wide">
              <label for="url">Address</label>
              <input
                id="url"
                name="url"
                type="url"
                required
                placeholder="http://localhost:3000/api/billing/webhook"
              />
            </div>
            <div class="field wide">
              <label for="events">Event types, or nothing for all</label>
              <input id="events" name="events" placeholder="invoice.paid customer.subscription.updated" />
            </div>
            <button type="submit" class="button">
              Add
            </button>
          </div>
          {desk.room === desk.platform ? (
            <label class="check">
              <input type="checkbox" name="connect" /> Hears of connected accounts instead
            </label>
          ) : null}
        </form>
      </Part>
      <Part title="Chaos everywhere">
        <ChaosForm action={`${desk.base}/chaos`} chaos={world.chaos.everywhere} about="everywhere" />
      </Part>
    </Frame>
  );
};
