/** @jsxImportSource hono/jsx */

const size = 25;

export type Slice<T> = { rows: T[]; page: number; pages: number; total: number };

/** One page of a list; a number that makes no sense is the nearest one that does. */
export const sliceOf = <T,>(rows: readonly T[], asked: string | undefined): Slice<T> => {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const wanted = Math.trunc(Number(asked ?? 1));
  const page = Math.min(pages, Math.max(1, Number.isFinite(wanted) ? wanted : 1));
  return { rows: rows.slice((page - 1) * size, page * size), page, pages, total: rows.length };
};

type PagesProps = { slice: Slice<unknown>; path: string; query: Record<string, string>; of: string };

/** Navigation through the pages of a list. */
export const Pages = ({ slice: { page, pages, total }, path, query, of }: PagesProps) => {
  const to = (number: number): string => {
    const given = Object.entries(query).filter(([, value]) => value !== "");
    return `${path}?${new URLSearchParams([...given, ["page", String(number)]])}`;
  };
  if (total === 0) return null;
  return (
    <nav class="pages" aria-label="Pages">
      <span>
        {total} {of}
        {pages > 1 ? `, page ${page} of ${pages}` : ""}
      </span>
      <span>
        {page > 1 ? (
          <a href={to(page - 1)} rel="prev">
            Previous
          </a>
        ) : null}
        {page < pages ? (
          <a href={to(page + 1)} rel="next">
            Next
          </a>
        ) : null}
      </span>
    </nav>
  );
};
