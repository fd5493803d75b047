import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type RawBeginning, readBeginnings } from "./read-beginnings.js";

/** Keeps each node once and answers with its place. */
const createNodes = () => {
  const places = new Map<string, number>();
  const place = ({ is, in: fields, each }: RawBeginning): number => {
    const node = {
      ...(is === undefined ? {} : { is }),
      ...(fields ? { in: placed(fields) } : {}),
      ...(each ? { each: place(each) } : {}),
    };
    const text = JSON.stringify(node);
    const known = places.get(text) ?? places.size;
    places.set(text, known);
    return known;
  };
  const placed = (fields: Record<string, RawBeginning>): Record<string, number> =>
    Object.fromEntries(Object.entries(fields).map(([name, node]) => [name, place(node)]));
  return { placed, texts: () => [...places.keys()] };
};

/** The text of `generated/beginnings.ts`: what each part of a row holds before anything was put there. */
export const generateBeginnings = (): string => {
  const nodes = createNodes();
  const { shown, hidden } = readBeginnings();
  const tables = { shown: nodes.placed(shown), hidden: nodes.placed(hidden) };
  return `// Written by scripts/generate-beginnings.ts from the types of the world's rows; do not edit.

/** What a part of a row holds before anything was put there, and the places of its own parts' beginnings. */
type Beginning = {
  /** Left out where nothing would be true of every row, such as of an id. */
  is?: null | boolean | number | object;
  /** Of its fields. */
  in?: Record<string, number>;
  /** Of each item of a list. */
  each?: number;
};

/** By table, where its rows' beginnings are among the \`nodes\`. */
type Beginnings = { nodes: Beginning[]; shown: Record<string, number>; hidden: Record<string, number> };

export const beginnings: Beginnings = {
  nodes: [
${nodes
  .texts()
  .map((text) => `    ${text},`)
  .join("\n")}
  ],
  shown: ${JSON.stringify(tables.shown)},
  hidden: ${JSON.stringify(tables.hidden)},
};
`;
};

/** Where the output goes. */
export const beginningsFile = fileURLToPath(new URL("../src/rooms/generated/beginnings.ts", import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(beginningsFile, generateBeginnings());
