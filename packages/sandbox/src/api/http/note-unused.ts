import type { Field, Fields } from "../params/fields.js";
import type { Route } from "../params/route.js";

const isHash = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A field and its alternatives, seen through lists and maps: their elements have no name of their own. */
const formsOf = (field: Field): Field[] =>
  [field, ...(field.or ?? [])].flatMap((form) =>
    (form.kind === "list" || form.kind === "map") && form.of ? formsOf(form.of) : [form],
  );

const fieldsUnder = (field: Field): Fields =>
  Object.assign({}, ...formsOf(field).map((form) => form.fields ?? {}));

const exists = (fields: Fields, path: string): boolean => {
  const [head = "", ...rest] = path.split(".");
  const field = Object.hasOwn(fields, head) ? fields[head] : undefined;
  if (!field) return false;
  return rest.length === 0 || exists(fieldsUnder(field), rest.join("."));
};

/** Throws if a route says that it simulates a parameter which its endpoint does not have. */
export const checkSimulated = ({ method, path, fields, simulated = [] }: Route): void => {
  for (const name of simulated)
    if (!exists(fields, name)) throw new Error(`${method} ${path} has no parameter ${name}`);
};

/** Everything that a field holds, without the lists and maps around it. */
const contentsOf = (field: Field, value: unknown): unknown[] => {
  if (Array.isArray(value)) return value.flatMap((item) => contentsOf(field.of ?? field, item));
  const map = [field, ...(field.or ?? [])].find((form) => form.kind === "map");
  if (map?.of && isHash(value)) {
    const { of } = map;
    return Object.values(value).flatMap((item) => contentsOf(of, item));
  }
  return [value];
};

/** What is not simulated does nothing, which is just what this asks for. */
const isSwitchedOff = (value: unknown): boolean => isHash(value) && value.enabled === false;

const unusedIn = (
  fields: Fields,
  params: Record<string, unknown>,
  simulated: readonly string[],
  prefix = "",
): string[] =>
  Object.entries(params).flatMap(([name, value]) => {
    const path = `${prefix}${name}`;
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (simulated.includes(path)) return [];
    if (!field || !simulated.some((other) => other.startsWith(`${path}.`)))
      return isSwitchedOff(value) ? [] : [path];
    return contentsOf(field, value)
      .filter(isHash)
      .flatMap((content) => unusedIn(fieldsUnder(field), content, simulated, `${path}.`));
  });

/** The given parameters that have no effect, as paths such as `items.tax_rates`. */
export const unusedParams = (route: Route, params: Record<string, unknown>): string[] =>
  route.simulated ? [...new Set(unusedIn(route.fields, params, route.simulated))] : [];

/** Reports every parameter without effect, once for each endpoint. */
export const createNotes = (log: (line: string) => void) => {
  const told = new Set<string>();
  return (route: Route, params: Record<string, unknown>): void => {
    for (const path of unusedParams(route, params)) {
      const line = `Sandbox: ${route.method} ${route.path} takes \`${path}\` but does nothing with it.`;
      if (told.has(line)) continue;
      told.add(line);
      log(line);
    }
  };
};

export type Notes = ReturnType<typeof createNotes>;
