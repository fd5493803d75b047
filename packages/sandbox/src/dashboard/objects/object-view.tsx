/** @jsxImportSource hono/jsx */
import { find } from "../../engine/world/find.js";
import { Badge, When } from "../frame/cells.js";
import type { Note } from "../frame/create-notes.js";
import type { Desk } from "../frame/desk.js";
import { Frame, wayTo } from "../frame/frame.js";
import { ButtonForm, Copy, Crumbs, Part } from "../frame/parts.js";
import type { Kind, Row } from "../kinds/kind.js";
import { mentions } from "../kinds/mentions.js";
import { type Related, referring } from "../kinds/related.js";
import { EventLine } from "../shared/event-line.js";
import { ObjectJson } from "../shared/object-json.js";
import { ObjectList } from "../shared/search-view.js";
import { hostedLinks } from "./hosted-links.js";
import { ObjectTools } from "./object-tools.js";

type ObjectProps = { desk: Desk; kind: Kind; row: Row; note: Note | undefined };

/** One object: what it is, what belongs to it, what happened to it, and all of it as JSON. */
export const ObjectView = ({ desk, kind, row, note }: ObjectProps) => {
  const { world } = desk.room;
  const name = kind.name(world, row.id);
  return (
    <Frame desk={desk} title={name} at={wayTo(kind.slug)} note={note}>
      <header>
        <Crumbs
          steps={[
            [`${desk.base}/objects`, "Objects"],
            [`${desk.base}/objects/${kind.slug}`, kind.title],
          ]}
        />
        <div class="title">
          <h1>{name}</h1>
          <Badge state={kind.state(world, row.id)} />
        </div>
        <div class="copyable">
          <code class="muted">{row.id}</code>
          <Copy text={row.id} what="the id" />
        </div>
        <Ways desk={desk} kind={kind} id={row.id} />
      </header>
      <Facts desk={desk} kind={kind} row={row} />
      <div class="columns">
        <div>
          <ObjectTools desk={desk} slug={kind.slug} id={row.id} />
          <RelatedParts desk={desk} id={row.id} related={referring(world, row.id)} />
        </div>
        <div>
          <Timeline desk={desk} id={row.id} />
        </div>
      </div>
      <Part title="JSON" more={<Copy from="#json" what="the JSON" />}>
        <ObjectJson desk={desk} value={row} id="json" />
      </Part>
    </Frame>
  );
};

/** Ways out of the dashboard, to the pages that customers see. */
const Ways = ({ desk, kind, id }: { desk: Desk; kind: Kind; id: string }) => {
  const { world } = desk.room;
  const links = hostedLinks(world, kind.slug, id);
  const isCustomer = kind.slug === "customers" && !find(world.deletedCustomers, id);
  if (links.length === 0 && !isCustomer) return null;
  return (
    <div class="buttons">
      {links.map(({ href, label }) => (
        <a key={href} class="button" href={href}>
          {label}
        </a>
      ))}
      {isCustomer ? (
        <ButtonForm action={`${desk.base}/tools/customers/${id}/portal`} label="Open the billing portal" />
      ) : null}
    </div>
  );
};

const Facts = ({ desk, kind, row }: Pick<ObjectProps, "desk" | "kind" | "row">) => {
  const facts = kind.facts(desk, row.id);
  const metadata: unknown = Reflect.get(row, "metadata");
  const notes = typeof metadata === "object" && metadata !== null ? Object.entries(metadata) : [];
  return (
    <div class="panel">
      <dl class="facts">
        {facts.map(({ head, cell }) => (
          <div key={head}>
            <dt>{head}</dt>
            <dd>{cell}</dd>
          </div>
        ))}
        {facts.some(({ head }) => head === "Created") || row.created === undefined ? null : (
          <div>
            <dt>Created</dt>
            <dd>
              <When at={row.created} />
            </dd>
          </div>
        )}
        {notes.map(([key, value]) => (
          <div key={key}>
            <dt>
              <code>{key}</code>
            </dt>
            <dd>{String(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
};

const RelatedParts = ({ desk, id, related }: { desk: Desk; id: string; related: Related[] }) => (
  <>
    {related.map(({ kind, ids, total }) => (
      <Part
        key={kind.slug}
        title={kind.title}
        more={
          total > ids.length ? (
            <a href={`${desk.base}/objects/${kind.slug}?q=${encodeURIComponent(id)}`}>All {total}</a>
          ) : null
        }
      >
        <ObjectList desk={desk} kind={kind} ids={ids} />
      </Part>
    ))}
  </>
);

const mostEvents = 12;

const Timeline = ({ desk, id }: { desk: Desk; id: string }) => {
  const events = desk.room.world.events.filter(({ data }) => mentions(data.object, id)).reverse();
  const all = `${desk.base}/events?object=${encodeURIComponent(id)}`;
  return (
    <Part title="Timeline" more={events.length > mostEvents ? <a href={all}>All {events.length}</a> : null}>
      <div class="panel flush">
        {events.length === 0 ? (
          <p class="empty">No event of the last 30 days is about it.</p>
        ) : (
          <ol class="rows">
            {events.slice(0, mostEvents).map((event) => (
              <EventLine key={event.id} desk={desk} event={event} />
            ))}
          </ol>
        )}
      </div>
    </Part>
  );
};
