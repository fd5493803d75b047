import type { Context } from "./context.js";
import { find } from "./find.js";
import type { Table, World } from "./world.js";

/** What comes first at the same second: notices, then what ends something, then what continues. */
const turns = { notice: 0, end: 1, change: 2, collect: 3, renew: 4, expire: 5 } as const;

/** Something that happens by itself. */
export type Due = {
  /** Unique in the world: the object's id, and what happens to it, such as `sub_1Q/cancel`. */
  id: string;
  /** Seconds since 1970. */
  at: number;
  turn: keyof typeof turns;
  run: (world: World, ctx: Context) => void;
};

/**
 * Something that happens once because of a time that lies ahead or has passed; nothing if it has already
 * happened for that time. `at` is when it happens, `about` the time that it is about.
 */
export const once = (
  world: World,
  { about, ...due }: Pick<Due, "at" | "id" | "turn"> & { about: number },
  run: Due["run"],
): Due[] =>
  world.hidden.announced[due.id] === about
    ? []
    : [
        {
          ...due,
          run: (changing, ctx) => {
            changing.hidden.announced[due.id] = about;
            run(changing, ctx);
          },
        },
      ];

type Row = { id: string; created: number; customer?: unknown; test_clock?: unknown };

/** A kind of object to which things happen by themselves. */
export type DueSource = {
  table: (world: World) => Table<Row>;
  /** Everything that lies ahead of one object. */
  duesOf: (world: World, id: string) => Due[];
};

/** Registers what lies ahead of the rows of a table. */
export const dueSource = <T extends Row>(
  table: (world: World) => Table<T>,
  dues: (world: World, row: T) => Due[],
): DueSource => ({
  table,
  duesOf: (world, id) => {
    const row = find(table(world), id);
    return row ? dues(world, row) : [];
  },
});

/** The test clock that an object lives by, or null if it lives by the sandbox's own. */
export const clockOf = (world: World, row: Row): string | null => {
  const customer = typeof row.customer === "string" ? find(world.customers, row.customer) : undefined;
  const clock = row.test_clock ?? customer?.test_clock;
  return typeof clock === "string" ? clock : null;
};

/** A thing that lies ahead, with what decides its place among others at the same second. */
export type Ahead = {
  due: Due;
  object: string;
  /** When the object was created, in seconds. */
  created: number;
  /** The object's kind and its place among its kind. */
  place: readonly [kind: number, position: number];
};

/** In order of time; at the same second by turn, and then older objects first. */
export const byTurn = (left: Ahead, right: Ahead): number =>
  left.due.at - right.due.at ||
  turns[left.due.turn] - turns[right.due.turn] ||
  left.created - right.created ||
  left.place[0] - right.place[0] ||
  left.place[1] - right.place[1] ||
  (left.due.id < right.due.id ? -1 : left.due.id > right.due.id ? 1 : 0);
