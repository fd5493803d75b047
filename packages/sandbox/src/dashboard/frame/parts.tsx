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
