import { type Ahead, byTurn, clockOf, type Due } from "../world/due.js";
import { createHeap, type Heap } from "../world/heap.js";
import { takeTouched } from "../world/touch.js";
import type { World } from "../world/world.js";
import { kindOf, kinds } from "./due-sources.js";

/** One object: its place among its kind, and what it was last known to do. */
type Known = { position: number; clock: string | null; ahead: Ahead[] };

type Index = {
  known: Map<string, Known>;
  /** How many objects of each kind have been met so far. */
  counts: number[];
  /** What lies ahead, per test clock (null: the sandbox's own). Outdated entries stay until they come up. */
  heaps: Map<string | null, Heap<Ahead>>;
};

/** Beside the world, because it follows from it. */
const indexes = new WeakMap<World, Index>();

const know = (index: Index, kind: number, id: string): Known => {
  const known = index.known.get(id);
  if (known) return known;
  const position = index.counts[kind] ?? 0;
  index.counts[kind] = position + 1;
  const fresh = { position, clock: null, ahead: [] };
  index.known.set(id, fresh);
  return fresh;
};

const heapOf = (index: Index, clock: string | null): Heap<Ahead> => {
  const heap = index.heaps.get(clock) ?? createHeap(byTurn);
  index.heaps.set(clock, heap);
  return heap;
};

/** Whether an object will still do what it was known to do; how exactly is taken from its newest form. */
const keepsDues = (known: Known, clock: string | null, dues: Due[]): boolean => {
  const same =
    known.clock === clock &&
    known.ahead.length === dues.length &&
    known.ahead.every(({ due }, index) => {
      const other = dues[index];
      return other?.id === due.id && other.at === due.at && other.turn === due.turn;
    });
  if (same) for (const [index, ahead] of known.ahead.entries()) ahead.due = dues[index] ?? ahead.due;
  return same;
};

/** Works out again what an object will do. */
const refresh = (world: World, index: Index, id: string): void => {
  const kind = kindOf(id);
  const source = kind === undefined ? undefined : kinds[kind];
  const row = source?.table(world)[id];
  if (kind === undefined || !source || !row) {
    index.known.delete(id);
    return;
  }
  const known = know(index, kind, id);
  const [dues, clock] = [source.duesOf(world, id), clockOf(world, row)];
  if (keepsDues(known, clock, dues)) return;
  known.clock = clock;
  const place = [kind, known.position] as const;
  known.ahead = dues.map((due) => ({ due, object: id, created: row.created, place }));
  for (const ahead of known.ahead) heapOf(index, clock).push(ahead);
};

const build = (world: World): Index => {
  takeTouched(world);
  const index: Index = { known: new Map(), counts: [], heaps: new Map() };
  for (const source of kinds) for (const id of Object.keys(source.table(world))) refresh(world, index, id);
  indexes.set(world, index);
  return index;
};

/** Forgets what lies ahead, for changes that concern everything: the settings, say. */
export const forgetDues = (world: World): void => void indexes.delete(world);

const upToDate = (world: World): Index => {
  const index = indexes.get(world);
  if (!index) return build(world);
  for (const id of takeTouched(world)) refresh(world, index, id);
  let size = 0;
  for (const heap of index.heaps.values()) size += heap.size;
  // Outdated entries of a far future would pile up.
  return size > 2 * index.known.size + 1000 ? build(world) : index;
};

/** Whether an entry still says what its object will do. */
const holds = (index: Index, ahead: Ahead): boolean =>
  index.known.get(ahead.object)?.ahead.includes(ahead) ?? false;

/**
 * The first thing that is due by `limit` (in seconds) on a test clock, or on the sandbox's own (null); undefined
 * if there is none.
 */
export const nextDue = (world: World, clock: string | null, limit: number): Due | undefined => {
  const index = upToDate(world);
  const heap = heapOf(index, clock);
  for (let first = heap.peek(); first && first.due.at <= limit; first = heap.peek()) {
    // A silent change is noticed here at the latest.
    if (holds(index, first)) refresh(world, index, first.object);
    if (holds(index, first)) return first.due;
    heap.pop();
  }
  return undefined;
};
