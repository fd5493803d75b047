import { type Rows, rowsOfArray } from "../../engine/world/rows.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";

type Range = number | { gt?: number; gte?: number; lt?: number; lte?: number };
type Page = { limit?: number; starting_after?: string; ending_before?: string };

/** The parameters of every list. */
export const paging = ["limit", "starting_after", "ending_before"] as const;

export type List<T> = { object: "list"; data: T[]; has_more: boolean; url: string };

/** Whether a time passes a `created` filter. */
export const within = (time: number, range: Range | undefined): boolean => {
  if (range === undefined) return true;
  if (typeof range === "number") return time === range;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return time > gt && time >= gte && time < lt && time <= lte;
};

/** What Stripe's refusals call a kind, where that is not its name in the address without the plural. */
const named: Readonly<Record<string, string>> = {
  billing_portal_configurations: "configuration",
  checkout_sessions: "checkout.session",
  invoiceitems: "Invoice Item",
  payment_methods: "PaymentMethod",
  setup_intents: "setupintent",
  test_clocks: "test clock",
};

/** The kind of a list's rows, by its address: "customer" for `/v1/customers`. */
const kindAt = (url: string): string => {
  const [last = "object", before] = url.split("/").reverse();
  return named[`${before}_${last}`] ?? named[last] ?? last.replace(/s$/, "");
};

/** The rows on one side of a cursor, which may be one that the list leaves out or that was deleted since. */
const beyond = <T>(side: Iterable<T> | undefined, id: string, param: string, url: string): Iterable<T> => {
  const kind = kindAt(url);
  // Stripe writes the mode for this kind alone, and leaves out the space.
  const mode = kind === "Invoice Item" ? "(livemode=false)" : "";
  if (!side) throw invalidRequest(`No such ${kind}: '${id}'${mode}`, "resource_missing", param);
  return side;
};

/** Stripe takes any limit, and answers with one row at least and a hundred at most. */
const limitOf = ({ limit = 10 }: Page): number => Math.min(100, Math.max(1, limit));

/** The first rows, and whether there are more. */
const take = <T>(rows: Iterable<T>, limit: number): { data: T[]; has_more: boolean } => {
  const data: T[] = [];
  for (const row of rows) {
    if (data.length === limit) return { data, has_more: true };
    data.push(row);
  }
  return { data, has_more: false };
};

/** One page of rows, newest first. */
export const pageOf = <T extends { id: string }>(
  given: Rows<T> | readonly T[],
  page: Page,
  url: string,
): List<T> => {
  const rows = "newerThan" in given ? given : rowsOfArray(given);
  const limit = limitOf(page);
  const { starting_after: after, ending_before: before } = page;
  const older = after === undefined ? rows : beyond(rows.olderThan(after), after, "starting_after", url);
  const newer =
    before === undefined ? undefined : beyond(rows.newerThan(before), before, "ending_before", url);
  if (after !== undefined && before !== undefined)
    throw invalidRequest(
      "Received both starting_after and ending_before parameters. Please pass in only one.",
    );
  const { data, has_more } = take(newer ?? older, limit);
  return { object: "list", data: newer ? data.reverse() : data, has_more, url };
};
