/** @jsxImportSource hono/jsx */
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { type Language, messagesFor } from "../words/messages-for.js";
import { pageCss } from "./page-css.js";
import { pageScript } from "./page-script.js";

type PageProps = {
  title: string;
  /** The page's own styles, after the shared ones. */
  css?: string;
  /** @default English */
  language?: Language;
  /** Without the ribbon, for a page inside another one. */
  bare?: boolean;
  children: Child;
};

/** The frame of every hosted page. It is complete without its script, which only smooths typing and sending. */
export const Page = ({ title, css = "", language = messagesFor(), bare = false, children }: PageProps) => (
  <html lang={language.tag} dir={language.dir}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <meta name="referrer" content="same-origin" />
      <title>{title}</title>
      <link rel="icon" href="data:," />
      <style>{raw(pageCss + css)}</style>
    </head>
    <body>
      {bare ? null : (
        <aside class="ribbon" aria-label={language.text.frame.sandbox}>
          <strong>{language.text.frame.sandbox}</strong>
          {language.text.frame.notReal}
        </aside>
      )}
      {children}
      <script>{raw(pageScript)}</script>
    </body>
  </html>
);

/** A link that leaves the page backwards. */
export const BackLink = ({ href, children }: { href: string; children: Child }) => (
  <a class="back" href={href}>
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      aria-hidden="true"
    >
      <path d="M9.5 3.5 5 8l4.5 4.5" />
    </svg>
    {children}
  </a>
);
