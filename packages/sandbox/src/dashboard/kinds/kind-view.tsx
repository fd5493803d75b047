/** @jsxImportSource hono/jsx */
import type { Desk } from "../frame/desk.js";
import { Frame, wayTo } from "../frame/frame.js";
import { Pages, type Slice } from "../frame/paging.js";
import { Crumbs } from "../frame/parts.js";
import { Table, type TableColumn } from "../frame/table.js";
import type { Kind, Row } from "./kind.js";

type KindProps = { desk: Desk; kind: Kind; wanted: string; slice: Slice<Row> };

/** One kind's objects, newest first. */
export const KindView = ({ desk, kind, wanted, slice }: KindProps) => {
  const path = `${desk.base}/objects/${kind.slug}`;
  return (
    <Frame desk={desk} title={kind.title} at={wayTo(kind.slug)}>
      <header>
        <Crumbs steps={[[`${desk.base}/objects`, "Objects"]]} />
        <h1>{kind.title}</h1>
      </header>
      <section>
        <search>
          <form class="line" action={path} method="get">
            <div class="field wide">
              <label for="q">Find by id, email, name or a related id</label>
              <input id="q" type="search" name="q" value={wanted} />
            </div>
            <button type="submit" class="button">
              Find
            </button>
            {wanted === "" ? null : (
              <a class="button" href={path}>
                Show all
              </a>
            )}
          </form>
        </search>
        <Table
          label={kind.title}
          columns={columnsOf(kind, path)}
          rows={slice.rows.map(({ id }) => ({ id, cells: kind.cells(desk, id) }))}
          empty={
            wanted === ""
              ? `No ${kind.title.toLowerCase()} yet. They will be here as soon as the API makes one.`
              : `No ${kind.title.toLowerCase()} for “${wanted}”.`
          }
        />
        <Pages slice={slice} path={path} query={{ q: wanted }} of={kind.title.toLowerCase()} />
      </section>
    </Frame>
  );
};

type Cells = { id: string; cells: ReturnType<Kind["cells"]> };

/** The first column leads to the object. */
const columnsOf = (kind: Kind, path: string): TableColumn<Cells>[] =>
  kind.columns.map((column, index) => ({
    ...column,
    cell: ({ id, cells }) =>
      index === 0 ? <a href={`${path}/${encodeURIComponent(id)}`}>{cells[0]}</a> : cells[index],
  }));
