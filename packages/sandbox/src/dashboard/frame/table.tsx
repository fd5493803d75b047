/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";

export type TableColumn<T> = {
  head: string;
  cell: (row: T) => Child;
  /** Left out where there is little room. */
  wide?: boolean;
  /** Set at its column's end, as numbers are. */
  end?: boolean;
};

type TableProps<T> = {
  label: string;
  columns: readonly TableColumn<T>[];
  rows: readonly T[];
  /** What it says when there are no rows. */
  empty: Child;
};

const lookOf = ({ wide, end }: Pick<TableColumn<never>, "end" | "wide">): string =>
  `${wide ? "wide-only" : ""} ${end ? "end" : ""}`.trim();

/** A table in a panel. */
export const Table = <T,>({ label, columns, rows, empty }: TableProps<T>) =>
  rows.length === 0 ? (
    <div class="panel flush">
      <p class="empty">{empty}</p>
    </div>
  ) : (
    <div class="panel flush">
      <section class="scroll" aria-label={label} tabindex={0}>
        <table class="listing">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.head} scope="col" class={lookOf(column)}>
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: written once, never reordered.
              <tr key={index}>
                {columns.map((column) => (
                  <td key={column.head} class={lookOf(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
