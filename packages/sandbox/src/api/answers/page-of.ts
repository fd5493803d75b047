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

const positionOf = <T extends { id: string }>(rows: T[], id: string, param: string, url: string): number => {
  const position = rows.findIndex((row) => row.id === id);
  const kind = kindAt(url);
  // Stripe writes the mode for this kind alone, and leaves out the space.
  const mode = kind === "Invoice Item" ? "(livemode=false)" : "";
  if (position < 0) throw invalidRequest(`No such ${kind}: '${id}'${mode}`, "resource_missing", param);
  return position;
};

/** Stripe takes any limit, and answers with one row at least and a hundred at most. */
const limitOf = ({ limit = 10 }: Page): number => Math.min(100, Math.max(1, limit));

/** One page of rows that are already in list order (newest first). */
export const pageOf = <T extends { id: string }>(rows: T[], page: Page, url: string): List<T> => {
  const limit = limitOf(page);
  const { starting_after: after, ending_before: before } = page;
  const start = after === undefined ? 0 : positionOf(rows, after, "starting_after", url) + 1;
  const end = before === undefined ? rows.length : positionOf(rows, before, "ending_before", url);
  if (after !== undefined && before !== undefined)
    throw invalidRequest(
      "Received both starting_after and ending_before parameters. Please pass in only one.",
    );
  if (before !== undefined) {
    const from = Math.max(0, end - limit);
    return { object: "list", data: rows.slice(from, end), has_more: from > 0, url };
  }
  return {
    object: "list",
    data: rows.slice(start, start + limit),
    has_more: start + limit < rows.length,
    url,
  };
};
