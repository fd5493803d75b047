import type { Rows } from "../../engine/world/rows.js";
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

type Held = Readonly<Record<string, unknown>>;

/** Reads `billing_details.email`: names with dots lead into hashes. */
const readerAt = (path: string): ((row: unknown) => unknown) => {
  const names = path.split(".");
  return (row) => {
    let value = row;
    for (const name of names) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
      value = (value as Held)[name];
    }
    return value;
  };
};

/** Reads what a clause is about. */
export const readerOf = ({ field, key }: Pick<Clause, "field" | "key">): ((row: Row) => unknown) => {
  const read = readerAt(field);
  return key === undefined ? read : (row) => (read(row) as Held | undefined)?.[key];
};

/** Whether what is there and not null meets a clause. */
const testOf = ({ operator, value }: Clause, kind: SearchFields[string]): ((found: unknown) => boolean) => {
  if (kind === "number") {
    const wanted = Number(value);
    if (operator === ":") return (found) => Number(found) === wanted;
    if (operator === "<") return (found) => Number(found) < wanted;
    if (operator === "<=") return (found) => Number(found) <= wanted;
    if (operator === ">") return (found) => Number(found) > wanted;
    return (found) => Number(found) >= wanted;
  }
  const wanted = String(value).toLowerCase();
  if (operator === "~") return (found) => String(found).toLowerCase().includes(wanted);
  return (found) => {
    const text = String(found);
    return text.length === wanted.length && text.toLowerCase() === wanted;
  };
};

const matcherOf = (clause: Clause, fields: SearchFields): ((row: Row) => boolean) => {
  const { field, value, negated } = clause;
  const [read, test] = [readerOf(clause), testOf(clause, fields[field] ?? "token")];
  return (row) => {
    const found = read(row);
    const isThere = found !== undefined && found !== null;
    // `-metadata["key"]:null` finds what has the key.
    return (value === null ? !isThere : isThere && test(found)) !== negated;
  };
};

/** What each row is asked, made ready once: there may be very many rows. */
const matcher = ({ joined, clauses }: Query, fields: SearchFields): ((row: Row) => boolean) => {
  const met = clauses.map((clause) => matcherOf(clause, fields));
  const [only] = met;
  if (only && met.length === 1) return only;
  return joined === "OR" ? (row) => met.some((one) => one(row)) : (row) => met.every((one) => one(row));
};

const startOf = (page: string | undefined): number => {
  if (page === undefined) return 0;
  const start = /^page_(\d{1,9})$/.exec(page)?.[1];
  if (start === undefined) throw invalidRequest(`Invalid page: ${page}`, undefined, "page");
  return Number(start);
};

/** One page of the rows that a query finds, newest first, as Stripe answers; `rowsFor` has all of them and may have more. */
export const search = <T extends Row>(
  rowsFor: (query: Query) => Rows<T>,
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
  const found = rowsFor(query).filter(matcher(query, fields));
  const data: T[] = [];
  let passed = 0;
  let has_more = false;
  for (const row of found) {
    if (passed++ < start) continue;
    has_more = data.length === limit;
    if (has_more) break;
    data.push(row);
  }
  return {
    object: "search_result",
    data,
    has_more,
    next_page: has_more ? `page_${start + limit}` : null,
    url,
  };
};
