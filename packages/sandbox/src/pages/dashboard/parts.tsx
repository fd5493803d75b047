/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";

/** Copies a text, where a script may. */
export const Copy = ({ text, from, what }: { text?: string; from?: string; what: string }) => (
  <button type="button" class="button small copy" data-copy={text} data-copy-from={from}>
    Copy<span class="unseen"> {what}</span>
  </button>
);

/** A titled part of a page. */
export const Part = ({ title, more, children }: { title: string; more?: Child; children: Child }) => (
  <section>
    <div class="head">
      <h2>{title}</h2>
      {more}
    </div>
    {children}
  </section>
);

/** A page's way up, each step a link. */
export const Crumbs = ({ steps }: { steps: ReadonlyArray<readonly [href: string, name: string]> }) => (
  <nav class="crumbs" aria-label="Way up">
    {steps.map(([href, name]) => (
      <a key={href} href={href}>
        {name}
      </a>
    ))}
  </nav>
);

export type TableColumn<T> = {
  head: string;
  cell: (row: T) => Child;
  /** Left away where there is little room. */
  wide?: boolean;
  /** Set at its column's end, as numbers are. */
  end?: boolean;
};

type TableProps<T> = {
  label: string;
  columns: readonly TableColumn<T>[];
  rows: readonly T[];
  /** What it says in place of no rows. */
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

type ButtonFormProps = {
  action: string;
  label: string;
  /** What the button's label leaves out, for those who can't see what it is next to. */
  about?: string;
  fields?: Record<string, string>;
  look?: string;
};

/** A button that does one thing. */
export const ButtonForm = ({ action, label, about, fields = {}, look = "" }: ButtonFormProps) => (
  <form method="post" action={action}>
    {Object.entries(fields).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    <button type="submit" class={`button ${look}`}>
      {label}
      {about ? <span class="unseen"> {about}</span> : null}
    </button>
  </form>
);
