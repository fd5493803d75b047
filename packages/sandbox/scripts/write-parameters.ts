import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { requestShapes } from "../src/api/generated/requests.js";
import { routes } from "../src/api/http/routes.js";
import type { Field, Fields } from "../src/api/params/fields.js";
import type { Route } from "../src/api/params/route.js";
import { scenarioEndpoints } from "../src/site/scenario-endpoints.js";
import { resources } from "./open-sdk.js";
import { readOtherPaths } from "./read-endpoints.js";

const formsOf = (field: Field): Field[] =>
  [field, ...(field.or ?? [])].flatMap((form) =>
    (form.kind === "list" || form.kind === "map") && form.of ? formsOf(form.of) : [form],
  );

const fieldsUnder = (field: Field): Fields =>
  Object.assign({}, ...formsOf(field).map((form) => form.fields ?? {}));

/** Parameters without effect: the shortest path under which nothing is simulated. */
const acceptedOnly = (fields: Fields, simulated: readonly string[], prefix = ""): string[] =>
  Object.entries(fields).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    if (path === "expand" || field.gone || simulated.includes(path)) return [];
    if (!simulated.some((other) => other.startsWith(`${path}.`))) return [path];
    return acceptedOnly(fieldsUnder(field), simulated, `${path}.`);
  });

/** `a.b`, `a.c` and `d` as `a.{b, c}`, `d`. */
const collapse = (paths: readonly string[]): string => {
  const groups = new Map<string, string[]>();
  for (const path of [...paths].sort()) {
    const dot = path.lastIndexOf(".");
    const head = path.slice(0, dot + 1);
    groups.set(head, [...(groups.get(head) ?? []), path.slice(dot + 1)]);
  }
  const shown = [...groups].flatMap(([head, names]) => {
    if (head === "") return names.map((name) => `\`${name}\``);
    return [names.length === 1 ? `\`${head}${names[0]}\`` : `\`${head}{${names.join(", ")}}\``];
  });
  return shown.length === 0 ? "–" : shown.join(", ");
};

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

const rowOf = (route: Route): string => {
  const { fields, simulated } = route;
  const own = simulated ?? Object.keys(fields);
  const only = simulated ? acceptedOnly(fields, simulated) : [];
  return `| \`${nameOf(route)}\` | ${collapse(own)} | ${collapse(only)} |`;
};

const byPath = (one: string, other: string): number => {
  const [a = "", b = ""] = [one, other].map((name) => name.split(" ")[1]);
  if (a === b) return one < other ? -1 : 1;
  return a < b ? -1 : 1;
};

/** A path and what it is under: `/v1`, `/v1/issuing`, `/v1/issuing/cards`. */
const aboveOf = (path: string): string[] => {
  const parts = path.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
};

/** What the SDK can call besides billing and is not served, each by the shortest path under which nothing is. */
export const otherFamilies = (served: readonly string[]): string[] => {
  const own = new Set(served.flatMap((name) => aboveOf(name.split(" ")[1] ?? "")));
  const families = readOtherPaths(resources).flatMap(
    (path) => aboveOf(path).find((one) => !own.has(one)) ?? [],
  );
  return [...new Set(families)].sort();
};

/** The text of `PARAMETERS.md`: what each endpoint simulates, what it only accepts, and which are absent. */
export const writeParameters = (): string => {
  const served = new Map(routes.map((route) => [nameOf(route), route]));
  const known = Object.keys(requestShapes.requests);
  const rows = [...served.keys()]
    .filter((name) => known.includes(name))
    .sort(byPath)
    .flatMap((name) => served.get(name) ?? [])
    .map(rowOf);
  const absent = known.filter((name) => !served.has(name)).sort(byPath);
  const own = [...served.keys(), ...scenarioEndpoints].filter((name) => !known.includes(name)).sort(byPath);
  return `<!-- Written by scripts/write-parameters.ts from the routes; do not edit. -->

# What the sandbox does with each parameter

Every endpoint takes exactly the parameters that the installed \`stripe\` package declares, and refuses all others. A parameter that is *simulated* has its effect; one that is *accepted only* is checked, noted once in the log, and has none. A path stands for everything under it. Every endpoint also takes \`expand\`.

| Endpoint | Simulated | Accepted only |
|---|---|---|
${rows.join("\n")}

## Absent

These billing endpoints of the \`stripe\` package answer 404:

${absent.map((name) => `- \`${name}\``).join("\n")}

The rest of the package is not about billing. Nothing is served under these paths: ${otherFamilies([
    ...served.keys(),
  ])
    .map((family) => `\`${family}\``)
    .join(", ")}.

## The sandbox's own

These are not in the \`stripe\` package: Stripe.js, Stripe's CLI or the sandbox's own pages use them.

${own.map((name) => `- \`${name}\``).join("\n")}
`;
};

/** Where the output goes. */
export const parametersFile = fileURLToPath(new URL("../PARAMETERS.md", import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(parametersFile, writeParameters());
