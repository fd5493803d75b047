import type { Expandable } from "../src/api/shapes/answer-shapes.js";
import type { RawNode } from "./read-expandable.js";

type Row = [name: string, to: number, whole: boolean][];

const rowOf = (nodes: RawNode[], position: number): Row => {
  const node = nodes[position];
  if (!node) return [];
  const own = Object.entries(node.edges).map(([name, { to, whole }]): Row[number] => [name, to, whole]);
  return [...own, ...node.oneOf.flatMap((other) => rowOf(nodes, other))];
};

/** Drops what leads to nothing that could be expanded. */
const useful = (rows: Row[]): Row[] => {
  const ends = new Set<number>();
  for (let before = -1; before < ends.size; ) {
    before = ends.size;
    rows.forEach((row, position) => {
      if (row.some(([, to, whole]) => whole || ends.has(to))) ends.add(position);
    });
  }
  return rows.map((row) => row.filter(([, to, whole]) => whole || ends.has(to)));
};

/** The deepest path that Stripe takes. */
const deepest = 4;

/**
 * The graph as far as paths reach, each row once. Rows are numbered from the ends backwards: position 0
 * leads nowhere.
 */
export const pruneExpandable = (nodes: RawNode[], starts: [name: string, start: number][]): Expandable => {
  const rows = useful(nodes.map((_, position) => rowOf(nodes, position)));
  const kept: Expandable["nodes"] = [{}];
  const numbers = new Map<string, number>([["{}", 0]]);
  const known = new Map<string, number>();
  const number = (position: number, depth: number): number => {
    if (depth === deepest) return 0;
    const key = `${position} ${depth}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const row = Object.fromEntries(
      (rows[position] ?? []).map(([name, to]): [string, number] => [name, number(to, depth + 1)]),
    );
    const text = JSON.stringify(row);
    const place = numbers.get(text) ?? kept.push(row) - 1;
    numbers.set(text, place);
    known.set(key, place);
    return place;
  };
  const answers = Object.fromEntries(
    starts.map(([name, start]): [string, number] => [name, number(start, 0)]),
  );
  return { nodes: kept, answers };
};
