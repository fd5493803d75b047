/** @jsxImportSource hono/jsx */
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { pageCss } from "../../pages/kit/page-css.js";
import { When } from "./cells.js";
import type { Note } from "./create-notes.js";
import { dashboardCss } from "./dashboard-css.js";
import { dashboardFormCss } from "./dashboard-form-css.js";
import type { Desk } from "./desk.js";
import { frameCss } from "./frame-css.js";

const ways = [
  ["", "Home"],
  ["/objects", "Objects"],
  ["/requests", "Requests"],
  ["/events", "Events"],
  ["/webhooks", "Webhooks"],
  ["/deliveries", "Deliveries"],
  ["/scenarios", "Scenarios"],
  ["/clock", "Clock"],
  ["/settings", "Settings"],
] as const;

const shortcuts = [
  ["/objects/customers", "Customers"],
  ["/objects/subscriptions", "Subscriptions"],
  ["/objects/invoices", "Invoices"],
  ["/objects/payments", "Payments"],
  ["/objects/products", "Products"],
  ["/objects/prices", "Prices"],
  ["/objects/coupons", "Coupons"],
] as const;

type Way = (typeof ways)[number][0] | (typeof shortcuts)[number][0];

/** The navigation entry of a kind of object: its own, if it has one. */
export const wayTo = (slug: string): Way =>
  shortcuts.map(([path]) => path).find((path) => path === `/objects/${slug}`) ?? "/objects";

type FrameProps = {
  desk: Desk;
  title: string;
  /** Where in the dashboard the page is. */
  at?: Way | undefined;
  note?: Note | undefined;
  children: Child;
};

/** The frame of every page of the dashboard. It is complete without its script. */
export const Frame = ({ desk, title, at, note, children }: FrameProps) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <meta name="referrer" content="same-origin" />
      <title>{`${title} – Sandbox`}</title>
      <link rel="icon" href="data:," />
      <style>{raw(pageCss + frameCss + dashboardFormCss + dashboardCss)}</style>
      <script src="/dashboard/dashboard.js" />
    </head>
    <body>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <aside class="ribbon" aria-label="Sandbox">
        <strong>Sandbox</strong>
        No real cards, no real money.
      </aside>
      <div class="desk">
        <Side desk={desk} at={at} />
        <main id="main" tabindex={-1}>
          {note ? (
            <p class={`notice ${note.tone}`} role={note.tone === "bad" ? "alert" : "status"}>
              {note.text}
            </p>
          ) : null}
          {children}
        </main>
      </div>
    </body>
  </html>
);

const Side = ({ desk, at }: Pick<FrameProps, "at" | "desk">) => (
  <header class="side">
    <div class="brand">
      <a href={desk.base}>Dashboard</a>
      <When at={Math.floor(desk.room.now().getTime() / 1000)} />
    </div>
    <Accounts desk={desk} />
    <search>
      <form action={`${desk.base}/search`} method="get">
        <input
          type="search"
          name="q"
          placeholder="Id, email or name"
          aria-label="Search by id, email or name"
        />
      </form>
    </search>
    <Ways desk={desk} at={at} list={ways} label="Dashboard" />
    <Ways desk={desk} at={at} list={shortcuts} label="Objects" class="kinds" />
  </header>
);

type WaysProps = Pick<FrameProps, "at" | "desk"> & {
  list: typeof shortcuts | typeof ways;
  label: string;
  class?: string;
};

const Ways = ({ desk, at, list, label, class: more = "" }: WaysProps) => (
  <nav class={`ways ${more}`} aria-label={label}>
    {list.map(([path, name]) => (
      <a key={path} href={`${desk.base}${path}`} aria-current={path === at ? "page" : undefined}>
        {name}
      </a>
    ))}
  </nav>
);

const Accounts = ({ desk: { platform, room } }: { desk: Desk }) => {
  const connected = Object.keys(platform.world.accounts);
  if (connected.length === 0) return null;
  const own = platform.world.account.id;
  return (
    <details class="accounts">
      <summary>
        Account {room.world.account.id === own ? "(platform)" : <code>{room.world.account.id}</code>}
      </summary>
      <ul>
        {[own, ...connected].map((id) => (
          <li key={id}>
            <a
              href={id === own ? "/dashboard" : `/dashboard/accounts/${encodeURIComponent(id)}`}
              aria-current={id === room.world.account.id ? "true" : undefined}
            >
              <code>{id}</code>
            </a>
            {id === own ? " (platform)" : ""}
          </li>
        ))}
      </ul>
    </details>
  );
};
