/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import { type Language, messagesFor } from "../words/messages-for.js";
import { messageCss } from "./message-css.js";
import { Page } from "./page.js";

type MessagePageProps = {
  title: string;
  text: string;
  /** @default English */
  language?: Language;
  /** Buttons or links that lead on. */
  children?: Child;
};

/** A page that has one thing to say. */
export const MessagePage = ({ title, text, language = messagesFor(), children }: MessagePageProps) => (
  <Page title={title} css={messageCss} language={language}>
    <main class="message">
      <div class="card">
        <h1>{title}</h1>
        <p class="muted">{text}</p>
        {children ? <div class="actions">{children}</div> : null}
      </div>
    </main>
  </Page>
);
