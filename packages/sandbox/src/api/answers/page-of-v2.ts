import { invalidRequest } from "../../engine/world/stripe-error.js";

type Page = { limit?: number; page?: string };

/** A list as `/v2` has it: the next page is an address. */
export type ListV2<T> = { data: T[]; next_page_url: string | null; previous_page_url: string | null };

const addressOf = (url: string, params: Record<string, unknown>, page: string): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (Array.isArray(value)) for (const item of value) query.append(`${name}[]`, String(item));
    else if (typeof value === "object" && value !== null)
      for (const [key, item] of Object.entries(value)) query.set(`${name}[${key}]`, String(item));
    else if (name !== "page") query.set(name, String(value));
  }
  query.set("page", page);
  return `${url}?${query}`;
};

/** One page of rows in list order; `page` is the id of the row it begins with. */
export const pageOfV2 = <T extends { id: string }>(rows: T[], params: Page, url: string): ListV2<T> => {
  const { limit = 20, page } = params;
  if (limit < 1) throw invalidRequest("limit must be at least 1.", "parameter_invalid_integer", "limit");
  if (limit > 100) throw invalidRequest("limit must be at most 100.", "parameter_invalid_integer", "limit");
  const start = page === undefined ? 0 : rows.findIndex(({ id }) => id === page);
  if (start < 0) throw invalidRequest("Invalid page token.", undefined, "page");
  const next = rows[start + limit];
  const previous = start > 0 ? rows[Math.max(0, start - limit)] : undefined;
  return {
    data: rows.slice(start, start + limit),
    next_page_url: next ? addressOf(url, params, next.id) : null,
    previous_page_url: previous ? addressOf(url, params, previous.id) : null,
  };
};
