import { invalidRequest } from "../../engine/world/stripe-error.js";

/** `field:"value"`, negated by a `-` before it. */
export type Clause = {
  field: string;
  /** The key of `metadata["key"]`. */
  key?: string;
  operator: ":" | "~" | "<" | "<=" | ">" | ">=";
  value: string | number | null;
  negated: boolean;
};

export type Query = { joined: "AND" | "OR"; clauses: Clause[] };

/** What may be searched for, as https://docs.stripe.com/search#query-fields-for-charges and its neighbours say. */
export type SearchFields = Record<string, "metadata" | "number" | "text" | "token">;

const clause =
  /^\s*(-)?([a-z_.]+)(?:\[\s*(?:"([^"]*)"|'([^']*)')\s*\])?\s*(<=|>=|:|~|<|>)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?)|(null|true|false))/;

const refuse = (message: string) => invalidRequest(message, undefined, "query");

const operators: Record<SearchFields[string], readonly Clause["operator"][]> = {
  metadata: [":", "~"],
  number: [":", "<", "<=", ">", ">="],
  text: [":", "~"],
  token: [":"],
};

const checkClause = ({ field, key, operator, value }: Clause, fields: SearchFields): void => {
  const kind = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (!kind)
    throw refuse(
      `Field \`${field}\` is an unsupported search field for resource. ` +
        "See https://docs.stripe.com/search#query-fields-for-each-resource for a list of supported fields.",
    );
  if ((kind === "metadata") !== (key !== undefined))
    throw refuse(`Field \`${field}\` ${kind === "metadata" ? "needs" : "has no"} key in brackets.`);
  if (!operators[kind].includes(operator))
    throw refuse(`Operator \`${operator}\` is not supported for field \`${field}\`.`);
  if (kind === "number" && value !== null && !Number.isFinite(Number(value)))
    throw refuse(`Field \`${field}\` takes numbers only.`);
  if (operator === "~" && String(value).length < 3)
    throw refuse(`The substring for field \`${field}\` must have at least three characters.`);
};

const readValue = ([, , , , , , double, single, number, word]: (string | undefined)[]): Clause["value"] => {
  if (number !== undefined) return Number(number);
  if (word !== undefined) return word === "null" ? null : word;
  return (double ?? single ?? "").replace(/\\(.)/g, "$1");
};

const toClause = (match: RegExpExecArray): Clause => {
  const [, minus, field = "", double, single, operator] = match;
  const key = double ?? single;
  return {
    field,
    ...(key === undefined ? {} : { key }),
    operator: operator as Clause["operator"],
    value: readValue([...match]),
    negated: minus !== undefined,
  };
};

const mostClauses = 10;

/**
 * Reads Stripe's search language, or throws its refusal.
 *
 * https://docs.stripe.com/search#search-query-language
 */
export const parseQuery = (text: string, fields: SearchFields): Query => {
  const clauses: Clause[] = [];
  const joints = new Set<"AND" | "OR">();
  for (let rest = text; ; ) {
    const match = clause.exec(rest);
    if (!match) throw refuse(`We were unable to parse your search query: ${text}`);
    const read = toClause(match);
    checkClause(read, fields);
    clauses.push(read);
    rest = rest.slice(match[0].length);
    if (rest.trim() === "") break;
    const joint = /^\s+(AND|OR)\s+/i.exec(rest);
    // Two clauses side by side are joined by AND.
    joints.add((joint?.[1]?.toUpperCase() ?? "AND") as "AND" | "OR");
    if (!joint && !/^\s/.test(rest)) throw refuse(`We were unable to parse your search query: ${text}`);
    rest = joint ? rest.slice(joint[0].length) : rest;
  }
  if (joints.size > 1) throw refuse("Mixing AND and OR in one search query is not supported.");
  if (clauses.length > mostClauses) throw refuse(`A search query may have at most ${mostClauses} clauses.`);
  return { joined: joints.has("OR") ? "OR" : "AND", clauses };
};
