/** @jsxImportSource hono/jsx */
import type { StripeEvent } from "../../engine/world/wire.js";
import type { Delivery } from "../../webhooks/delivery.js";
import { Breakable, Nothing, Ref, When } from "../frame/cells.js";
import type { Note } from "../frame/create-notes.js";
import type { Desk } from "../frame/desk.js";
import { Frame } from "../frame/frame.js";
import { Copy, Crumbs, Part } from "../frame/parts.js";
import { Table, type TableColumn } from "../frame/table.js";
import { type Change, changesOf } from "../shared/changes-of.js";
import { DeliveryTable } from "../shared/delivery-table.js";
import { subjectOf } from "../shared/event-line.js";
import { ObjectJson } from "../shared/object-json.js";
import { SendAgain } from "../shared/send-again.js";

type EventProps = { desk: Desk; event: StripeEvent; deliveries: Delivery[]; note: Note | undefined };

const Cause = ({ desk, request }: { desk: Desk; request: string | null | undefined }) => {
  if (!request) return "Time, or a page";
  const logged = desk.room.requests().some(({ id }) => id === request);
  return logged ? (
    <a href={`${desk.base}/requests/${request}`}>
      <code>{request}</code>
    </a>
  ) : (
    <code>{request}</code>
  );
};

/** One event: what changed, who heard of it, and all of it as JSON. */
export const EventView = ({ desk, event, deliveries, note }: EventProps) => {
  const changes = changesOf(event);
  return (
    <Frame desk={desk} title={event.type} at="/events" note={note}>
      <header>
        <Crumbs steps={[[`${desk.base}/events`, "Events"]]} />
        <h1>
          <Breakable text={event.type} />
        </h1>
        <div class="copyable">
          <code class="muted">{event.id}</code>
          <Copy text={event.id} what="the id" />
        </div>
      </header>
      <div class="panel">
        <dl class="facts">
          <div>
            <dt>About</dt>
            <dd>
              <Ref desk={desk} id={subjectOf(event)} />
            </dd>
          </div>
          <div>
            <dt>Time</dt>
            <dd>
              <When at={event.created} />
            </dd>
          </div>
          <div>
            <dt>Caused by</dt>
            <dd>
              <Cause desk={desk} request={event.request?.id} />
            </dd>
          </div>
          <div>
            <dt>Idempotency key</dt>
            <dd>
              {event.request?.idempotency_key ? <code>{event.request.idempotency_key}</code> : <Nothing />}
            </dd>
          </div>
        </dl>
      </div>
      {changes.length > 0 ? <Changes changes={changes} /> : null}
      <Part title="Deliveries" more={<SendAgain desk={desk} event={event.id} />}>
        <DeliveryTable
          desk={desk}
          deliveries={deliveries}
          shows="endpoint"
          empty="No endpoint heard of it: none listened to this type when it happened."
        />
      </Part>
      <Part title="JSON" more={<Copy from="#json" what="the JSON" />}>
        <ObjectJson desk={desk} value={event} id="json" />
      </Part>
    </Frame>
  );
};

const changeColumns: TableColumn<Change>[] = [
  { head: "Attribute", cell: ({ path }) => <Breakable text={path} /> },
  { head: "Before", cell: ({ before }) => (before === undefined ? <Nothing /> : <del>{before}</del>) },
  { head: "After", cell: ({ after }) => (after === undefined ? <Nothing /> : <ins>{after}</ins>) },
];

const Changes = ({ changes }: { changes: Change[] }) => (
  <Part title="What changed">
    <div class="diff">
      <Table label="What changed" columns={changeColumns} rows={changes} empty="Nothing" />
    </div>
  </Part>
);
