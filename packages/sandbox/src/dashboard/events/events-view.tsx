/** @jsxImportSource hono/jsx */
import type { StripeEvent } from "../../engine/world/wire.js";
import { Breakable, Ref, When } from "../frame/cells.js";
import type { Desk } from "../frame/desk.js";
import { Frame } from "../frame/frame.js";
import { Pages, type Slice } from "../frame/paging.js";
import { Table, type TableColumn } from "../frame/table.js";
import { subjectOf } from "../shared/event-line.js";

type EventsProps = { desk: Desk; types: string[]; type: string; object: string; slice: Slice<StripeEvent> };

const columnsOf = (desk: Desk): TableColumn<StripeEvent>[] => [
  {
    head: "Event",
    cell: ({ id, type }) => (
      <a href={`${desk.base}/events/${id}`}>
        <Breakable text={type} />
      </a>
    ),
  },
  { head: "About", cell: (event) => <Ref desk={desk} id={subjectOf(event)} /> },
  { head: "Id", wide: true, cell: ({ id }) => <code class="muted">{id}</code> },
  { head: "Time", cell: ({ created }) => <When at={created} /> },
];

/** The event log, newest first. */
export const EventsView = ({ desk, types, type, object, slice }: EventsProps) => {
  const path = `${desk.base}/events`;
  const filtered = type !== "" || object !== "";
  const families = [...new Set(types.map((one) => one.slice(0, one.lastIndexOf("."))))];
  return (
    <Frame desk={desk} title="Events" at="/events">
      <header>
        <h1>Events</h1>
        <p class="muted">What happened in this account in the last 30 days, newest first.</p>
      </header>
      <section>
        <search>
          <form class="line" action={path} method="get">
            <div class="field wide">
              <label for="type">Type</label>
              <select id="type" name="type" data-go>
                <option value="">All types</option>
                {families.length > 0 ? (
                  <optgroup label="Families">
                    {families.map((family) => (
                      <option key={family} value={family} selected={family === type}>
                        {family}.*
                      </option>
                    ))}
                  </optgroup>
                ) : null}
                {types.length > 0 ? (
                  <optgroup label="Types">
                    {types.map((one) => (
                      <option key={one} value={one} selected={one === type}>
                        {one}
                      </option>
                    ))}
                  </optgroup>
                ) : null}
              </select>
            </div>
            <div class="field wide">
              <label for="object">About the object with the id</label>
              <input id="object" name="object" value={object} placeholder="cus_…, sub_…, in_…" />
            </div>
            <button type="submit" class="button">
              Filter
            </button>
            {filtered ? (
              <a class="button" href={path}>
                Show all
              </a>
            ) : null}
          </form>
        </search>
        <Table
          label="Events"
          columns={columnsOf(desk)}
          rows={slice.rows}
          empty={
            filtered
              ? "No event of that type and object."
              : "No event yet. Whatever the API changes will be logged here."
          }
        />
        <Pages slice={slice} path={path} query={{ type, object }} of="events" />
      </section>
    </Frame>
  );
};
