import { type Route, type RouteKey, refusalKinds, routeKeys, routes } from "@tollgate/core/contract";
import * as z from "zod";

const begin = "<!-- routes: written by `pnpm --filter @tollgate/server write:routes` -->";
const end = "<!-- /routes -->";

/** A page with the table of routes between its markers, as the contract has it now. */
export function withRoutesTable(page: string): string {
  const [before, rest] = page.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined) throw new Error(`The page has no ${begin} … ${end}.`);
  return `${before}${begin}\n\n${routesTable()}\n\n${refusalsList()}\n\n${end}${after}`;
}

function routesTable(): string {
  const head = ["| route | does | takes | gives | who | refuses with |", "|---|---|---|---|---|---|"];
  return [...head, ...routeKeys.map(rowOf)].join("\n");
}

function rowOf(key: RouteKey): string {
  const route: Route = routes[key];
  const cells = [
    code(key),
    route.does,
    takes(route),
    gives(route),
    whoMay(route),
    route.refuses.map(code).join(", "),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`.replaceAll("|  |", "| |");
}

/** What all routes of a kind refuse, so that the table says only what is a route's own. */
function refusalsList(): string {
  const lines = refusalKinds.map(
    ({ of, codes }) => `- every route${of && ` ${of}`}: ${codes.map(code).join(", ")}`,
  );
  return ["Beside its own codes, a route refuses with those of its kind:", "", ...lines].join("\n");
}

function whoMay({ who, limit, cacheSeconds }: Route): string {
  const names = {
    anyone: "anyone",
    identified: "signed in",
    manager: "manager",
    signature: "signature",
  } as const;
  const notes = [
    names[who],
    ...(limit === undefined ? [] : [`limit ${code(limit)}`]),
    ...(cacheSeconds === undefined ? [] : [`kept for ${cacheSeconds} s`]),
  ];
  return notes.join("; ");
}

function takes({ query, body, who }: Route): string {
  if (who === "signature") return "the provider's bytes, at most 1 MiB";
  if (query !== undefined)
    return keysOf(readObject(query, "input"))
      .map((key) => code(`?${key.name}`))
      .join(", ");
  return body === undefined ? "" : takesBody(body);
}

/** Of several kinds of bodies first what each has for itself, then what they share. */
function takesBody(body: z.ZodType): string {
  const schema = z.toJSONSchema(body, { io: "input" });
  const kinds = (schema.anyOf ?? [schema]).map((one) => keysOf(one as ObjectSchema));
  const isShared = ({ name }: Key) => kinds.every((keys) => keys.some((key) => key.name === name));
  const own = kinds.map((keys) =>
    keys
      .filter((key) => kinds.length > 1 && !isShared(key))
      .map(describe)
      .join(", "),
  );
  const shared = (kinds[0] ?? []).filter((key) => kinds.length === 1 || isShared(key)).map(describe);
  return [own.filter(Boolean).join(" or "), shared.join(", ")].filter(Boolean).join("; ");
}

/** Of several kinds of answers each, or one where they have the same keys. */
function gives({ response }: Route): string {
  const schema: UnionSchema = z.toJSONSchema(response, { io: "output" }) as ObjectSchema;
  const isOneOfSeveral = (name: string) =>
    schema.oneOf?.some(({ properties }) => properties?.[name]?.const !== undefined);
  const kinds = (schema.oneOf ?? [schema]).map((one) => {
    const keys = keysOf(one).map(({ name, only }) =>
      only === undefined || (schema.oneOf && !isOneOfSeveral(name))
        ? name
        : `${name}: ${JSON.stringify(only)}`,
    );
    return code(`{ ${keys.join(", ")} }`);
  });
  return [...new Set(kinds)].join(" or ");
}

interface Key {
  readonly name: string;
  readonly isRequired: boolean;
  /** What it may be, where that is a short list. */
  readonly choices: readonly unknown[];
  /** What it always is. */
  readonly only: unknown;
}

interface ObjectSchema {
  readonly properties?: Readonly<
    Record<string, { readonly enum?: readonly unknown[]; readonly const?: unknown }>
  >;
  readonly required?: readonly string[];
}

interface UnionSchema extends ObjectSchema {
  readonly oneOf?: readonly ObjectSchema[];
}

function readObject(schema: z.ZodType, io: "input" | "output"): ObjectSchema {
  return z.toJSONSchema(schema, { io }) as ObjectSchema;
}

function keysOf({ properties = {}, required = [] }: ObjectSchema): readonly Key[] {
  return Object.entries(properties).map(([name, { enum: choices = [], const: only }]) => {
    return { name, isRequired: required.includes(name), choices, only };
  });
}

function describe({ name, isRequired, choices }: Key): string {
  const list = choices.length === 0 ? "" : ` (${choices.map((one) => code(String(one))).join(", ")})`;
  return `${code(isRequired ? name : `${name}?`)}${list}`;
}

function code(text: string): string {
  return `\`${text}\``;
}
