/** @jsxImportSource hono/jsx */
import { Badge } from "../frame/cells.js";
import type { Desk } from "../frame/desk.js";
import { Frame } from "../frame/frame.js";
import { Part } from "../frame/parts.js";
import type { Kind } from "../kinds/kind.js";

const most = 8;

/** What a word finds, by kind. */
export const SearchView = (props: {
  desk: Desk;
  wanted: string;
  found: Array<{ kind: Kind; ids: string[] }>;
}) => {
  const { desk, wanted, found } = props;
  return (
    <Frame desk={desk} title="Search">
      <header>
        <h1>{wanted === "" ? "Search" : `“${wanted}”`}</h1>
        {found.length === 0 ? (
          <p class="muted">
            {wanted === ""
              ? "Type an id to go to its object, or an email or a name."
              : "Nothing is called so, has this id or refers to it."}
          </p>
        ) : null}
      </header>
      {found.map(({ kind, ids }) => (
        <Part
          key={kind.slug}
          title={kind.title}
          more={
            ids.length > most ? (
              <a href={`${desk.base}/objects/${kind.slug}?q=${encodeURIComponent(wanted)}`}>
                All {ids.length}
              </a>
            ) : null
          }
        >
          <ObjectList desk={desk} kind={kind} ids={ids.slice(0, most)} />
        </Part>
      ))}
    </Frame>
  );
};

/** Objects of one kind, a line each. */
export const ObjectList = ({ desk, kind, ids }: { desk: Desk; kind: Kind; ids: string[] }) => (
  <div class="panel flush">
    <ul class="rows">
      {ids.map((id) => (
        <li key={id}>
          <span class="title">
            <a href={`${desk.base}/objects/${kind.slug}/${encodeURIComponent(id)}`}>
              {kind.name(desk.room.world, id)}
            </a>
            <Badge state={kind.state(desk.room.world, id)} />
          </span>
          <small>{kind.name(desk.room.world, id) === id ? null : <code>{id}</code>}</small>
        </li>
      ))}
    </ul>
  </div>
);
