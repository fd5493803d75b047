import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openSdk } from "./open-sdk.js";
import { pruneExpandable } from "./prune-expandable.js";
import { createGraph, readAnswer } from "./read-expandable.js";

/** The text of `generated/expandable.ts`: what `expand` may name, as the installed SDK declares it. */
export const generateExpandable = (): string => {
  const { calls, checker } = openSdk();
  const graph = createGraph(checker);
  const starts = calls.flatMap((call) => {
    const start = readAnswer(graph, call);
    return start === undefined ? [] : [[call.endpoint.name, start] satisfies [string, number]];
  });
  const { nodes, answers } = pruneExpandable(graph.nodes, starts);
  return `// Written by scripts/generate-expandable.ts from the declarations of the stripe package; do not edit.
import type { Expandable } from "../shapes/answer-shapes.js";

export const expandable: Expandable = {
  nodes: [
${nodes.map((node) => `    ${JSON.stringify(node)},`).join("\n")}
  ],
  answers: {
${Object.entries(answers)
  .map(([name, start]) => `    ${JSON.stringify(name)}: ${start},`)
  .join("\n")}
  },
};
`;
};

/** Where the output goes. */
export const expandableFile = fileURLToPath(new URL("../src/api/generated/expandable.ts", import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(expandableFile, generateExpandable());
