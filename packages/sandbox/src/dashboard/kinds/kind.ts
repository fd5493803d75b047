import type { Child } from "hono/jsx";
import { find } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import type { Table, World } from "../../engine/world/world.js";
import type { Desk } from "../frame/desk.js";
import { mentions } from "./mentions.js";

type Column<T> = {
  head: string;
  cell: (row: T, desk: Desk) => Child;
  /** Left out where there is little room. */
  wide?: boolean;
  /** Set at the end of its column, as amounts are. */
  end?: boolean;
};

type KindOf<T> = {
  /** Its place in the address. */
  slug: string;
  title: string;
  /** What one of them is called. */
  one: string;
  table: (world: World) => Table<T>;
  /** What people call a row. */
  name: (row: T, world: World) => string;
  /** The state that its badge shows. */
  state?: (row: T, world: World) => string | null | undefined;
  /** What people look for besides ids. */
  words?: (row: T, world: World) => Array<string | null | undefined>;
  columns: Column<T>[];
  /** More that is worth knowing about one of them. */
  facts?: Column<T>[];
};

export type Row = { id: string; object: string; created?: number };

/** A kind of object, as pages browse it. */
export type Kind = Pick<KindOf<never>, "one" | "slug" | "title"> & {
  columns: Array<{ head: string; wide: boolean; end: boolean }>;
  rows: (world: World) => Row[];
  has: (world: World, id: string) => boolean;
  row: (world: World, id: string) => Row | undefined;
  name: (world: World, id: string) => string;
  state: (world: World, id: string) => string | null;
  /** Whether it is what somebody looks for, by its own words or by what it refers to. */
  answers: (world: World, id: string, wanted: string) => boolean;
  cells: (desk: Desk, id: string) => Child[];
  facts: (desk: Desk, id: string) => Array<{ head: string; cell: Child }>;
};

/** Lets pages browse the rows of a table without knowing their type. */
export const defineKind = <T extends Row>({ slug, title, one, ...kind }: KindOf<T>): Kind => {
  const row = (world: World, id: string): T | undefined => find(kind.table(world), id);
  const read = <R>(world: World, id: string, use: (row: T) => R, otherwise: R): R => {
    const found = row(world, id);
    return found ? use(found) : otherwise;
  };
  const wordsOf = (found: T, world: World): string[] =>
    [found.id, kind.name(found, world), ...(kind.words?.(found, world) ?? [])].flatMap((word) =>
      word ? [word.toLowerCase()] : [],
    );
  return {
    slug,
    title,
    one,
    columns: kind.columns.map(({ head, wide = false, end = false }) => ({ head, wide, end })),
    rows: (world) => [...newestFirst(kind.table(world))],
    has: (world, id) => row(world, id) !== undefined,
    row,
    name: (world, id) => read(world, id, (found) => kind.name(found, world), id),
    state: (world, id) => read(world, id, (found) => kind.state?.(found, world) ?? null, null),
    answers: (world, id, wanted) =>
      read(
        world,
        id,
        (found) =>
          wordsOf(found, world).some((word) => word.includes(wanted.toLowerCase())) ||
          mentions(found, wanted),
        false,
      ),
    cells: (desk, id) =>
      read<Child[]>(desk.room.world, id, (found) => kind.columns.map(({ cell }) => cell(found, desk)), []),
    facts: (desk, id) =>
      read<Array<{ head: string; cell: Child }>>(
        desk.room.world,
        id,
        (found) =>
          [...kind.columns, ...(kind.facts ?? [])].map(({ head, cell }) => ({
            head,
            cell: cell(found, desk),
          })),
        [],
      ),
  };
};
