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

const positionOf = <T extends { id: string }>(rows: T[], id: string, param: string): number => {
  const position = rows.findIndex((row) => row.id === id);
  if (position < 0) throw invalidRequest(`No such object: '${id}'`, "resource_missing", param);
  return position;
};

/** One page of rows that are already in list order (newest first). */
export const pageOf = <T extends { id: string }>(rows: T[], page: Page, url: string): List<T> => {
  const limit = page.limit ?? 10;
  if (limit > 100)
    throw invalidRequest("Invalid integer: limit must be at most 100", "parameter_invalid_integer", "limit");
  if (page.starting_after !== undefined && page.ending_before !== undefined)
    throw invalidRequest(
      "You may only specify one of these parameters: starting_after, ending_before.",
      "parameters_exclusive",
    );
  if (page.ending_before !== undefined) {
    const end = positionOf(rows, page.ending_before, "ending_before");
    const start = Math.max(0, end - limit);
    return { object: "list", data: rows.slice(start, end), has_more: start > 0, url };
  }
  const start =
    page.starting_after === undefined ? 0 : positionOf(rows, page.starting_after, "starting_after") + 1;
  return {
    object: "list",
    data: rows.slice(start, start + limit),
    has_more: start + limit < rows.length,
    url,
  };
};
