import { invalidRequest } from "../../engine/world/stripe-error.js";
import { type Clause, parseQuery, type Query, type SearchFields } from "./search-query.js";

type Row = { id: string; object: string };
type Asked = { query: string; limit?: number; page?: string };

export type SearchResult<T> = {
  object: "search_result";
  data: T[];
  has_more: boolean;
  next_page: string | null;
  url: string;
};

/** `invoice.parent` of the objects: names with dots lead into hashes. */
const held = (row: unknown, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>(
      (value, name) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, name)
          ? (value as Record<string, unknown>)[name]
          : undefined,
      row,
    );

const isMet = (clause: Clause, kind: SearchFields[string], found: unknown): boolean => {
  const { operator, value } = clause;
  // `-metadata["key"]:null` finds what has the key.
  if (value === null) return found === undefined || found === null;
  if (found === undefined || found === null) return false;
  if (kind === "number") {
    const [one, other] = [Number(found), Number(value)];
    if (operator === ":") return one === other;
    if (operator === "<") return one < other;
    if (operator === "<=") return one <= other;
    return operator === ">" ? one > other : one >= other;
  }
  const [text, wanted] = [String(found).toLowerCase(), String(value).toLowerCase()];
  return operator === "~" ? text.includes(wanted) : text === wanted;
};

const matches = (row: Row, { joined, clauses }: Query, fields: SearchFields): boolean => {
  const met = (clause: Clause): boolean => {
    const kind = fields[clause.field] ?? "token";
    const holder = held(row, clause.field);
    const found =
      clause.key === undefined ? holder : (holder as Record<string, string> | undefined)?.[clause.key];
    return isMet(clause, kind, found) !== clause.negated;
  };
  return joined === "OR" ? clauses.some(met) : clauses.every(met);
};

const startOf = (page: string | undefined): number => {
  if (page === undefined) return 0;
  const start = /^page_(\d{1,9})$/.exec(page)?.[1];
  if (start === undefined) throw invalidRequest(`Invalid page: ${page}`, undefined, "page");
  return Number(start);
};

/** One page of the rows that a query finds; `rows` are newest first, as Stripe answers. */
export const search = <T extends Row>(
  rows: readonly T[],
  fields: SearchFields,
  asked: Asked,
  url: string,
): SearchResult<T> => {
  const query = parseQuery(asked.query, fields);
  const limit = asked.limit ?? 10;
  const beyond = limit > 100 ? "less than or equal to 100" : limit < 1 ? "greater than or equal to 1" : null;
  if (beyond !== null)
    throw invalidRequest(`This value must be ${beyond}.`, "parameter_invalid_integer", "limit");
  const start = startOf(asked.page);
  const found = rows.filter((row) => matches(row, query, fields));
  const has_more = found.length > start + limit;
  return {
    object: "search_result",
    data: found.slice(start, start + limit),
    has_more,
    next_page: has_more ? `page_${start + limit}` : null,
    url,
  };
};
