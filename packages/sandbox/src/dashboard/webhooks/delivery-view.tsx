/** @jsxImportSource hono/jsx */

import { blankText } from "../../requests/blank-secrets.js";
import type { Attempt, Delivery } from "../../webhooks/delivery.js";
import { Badge, Breakable } from "../frame/cells.js";
import type { Note } from "../frame/create-notes.js";
import type { Desk } from "../frame/desk.js";
import { formatSpan } from "../frame/format-time.js";
import { Frame } from "../frame/frame.js";
import { ButtonForm, Crumbs, Part } from "../frame/parts.js";
import { outcomeOf } from "../shared/delivery-table.js";

type DeliveryProps = { desk: Desk; delivery: Delivery; note: Note | undefined };

/** One delivery: what was sent, what came back, and what comes next. */
export const DeliveryView = ({ desk, delivery, note }: DeliveryProps) => (
  <Frame desk={desk} title={`Delivery of ${delivery.eventType}`} at="/deliveries" note={note}>
    <header>
      <Crumbs steps={[[`${desk.base}/deliveries`, "Deliveries"]]} />
      <div class="title">
        <h1>
          <Breakable text={delivery.eventType} />
        </h1>
        <Badge state={delivery.state} />
      </div>
      <div class="buttons">
        <ButtonForm
          action={`${desk.base}/deliveries/${delivery.id}/resend`}
          label="Send it again"
          look="primary"
        />
      </div>
    </header>
    <Facts desk={desk} delivery={delivery} />
    <Part title={delivery.attempts.length === 1 ? "1 attempt" : `${delivery.attempts.length} attempts`}>
      {delivery.attempts.length === 0 ? (
        <div class="panel">
          <p class="empty">It waits for its turn, or chaos holds it back.</p>
        </div>
      ) : (
        delivery.attempts
          .map((attempt, index) => (
            <AttemptPanel
              key={attempt.at}
              attempt={attempt}
              number={index + 1}
              open={index === delivery.attempts.length - 1}
            />
          ))
          .reverse()
      )}
    </Part>
  </Frame>
);

const nextOf = ({ state, retryInMs }: Delivery): string => {
  if (state === "delivered") return "None needed";
  if (state === "failed") return "None left";
  return retryInMs === null ? "At once" : `${formatSpan(retryInMs / 1000)} after the last one`;
};

const Facts = ({ desk, delivery }: { desk: Desk; delivery: Delivery }) => (
  <div class="panel">
    <dl class="facts">
      <div>
        <dt>Event</dt>
        <dd>
          <a href={`${desk.base}/events/${delivery.eventId}`}>
            <code>{delivery.eventId}</code>
          </a>
        </dd>
      </div>
      <div>
        <dt>Endpoint</dt>
        <dd>
          <a href={`${desk.base}/webhooks/${delivery.endpointId}`}>
            <Breakable text={delivery.url} />
          </a>
        </dd>
      </div>
      <div>
        <dt>Next attempt</dt>
        <dd>{nextOf(delivery)}</dd>
      </div>
      <div>
        <dt>Last answer</dt>
        <dd>{outcomeOf(delivery)}</dd>
      </div>
    </dl>
  </div>
);

const chaosWords: Record<string, string> = {
  duplicate: "A duplicate, on purpose",
  drop: "Dropped on purpose, never sent",
  truncate: "Cut in half on purpose",
  wrongSignature: "Wrongly signed on purpose",
};

const AttemptPanel = ({ attempt, number, open }: { attempt: Attempt; number: number; open: boolean }) => (
  <div class="panel">
    <div class="head">
      <strong>
        {`Attempt ${number}: `}
        {attempt.status === null
          ? attempt.chaos === "drop"
            ? "not sent"
            : "no answer"
          : `HTTP ${attempt.status}`}
      </strong>
      <span class="sub">
        <time datetime={attempt.at}>{attempt.at.replace("T", " ").replace(/\.\d+Z$/, " UTC")}</time>,{" "}
        {Math.round(attempt.durationMs)} ms
      </span>
    </div>
    {attempt.chaos ? <p class="sub">{chaosWords[attempt.chaos] ?? `Chaos: ${attempt.chaos}`}</p> : null}
    {attempt.error ? <p class="notice bad">{attempt.error}</p> : null}
    {attempt.request ? <Message title="Request" message={attempt.request} open={open} /> : null}
    {attempt.response ? (
      <Message title="Response" message={withoutSecrets(attempt.response)} open={open} />
    ) : null}
    {attempt.request || attempt.chaos === "drop" ? null : (
      <p class="empty">It is too old for its contents to be kept.</p>
    )}
  </div>
);

type Message = NonNullable<Attempt["request"]>;

/** An app that fails may say more than it should. */
const withoutSecrets = ({ headers, body }: Message): Message => ({
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      name === "set-cookie" ? "[blanked]" : blankText(value),
    ]),
  ),
  body: blankText(body),
});

const Message = ({ title, message, open }: { title: string; message: Message; open: boolean }) => (
  <details open={open}>
    <summary>{title}</summary>
    <div class="stack">
      <dl class="headers">
        {Object.entries(message.headers).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {message.body === "" ? (
        <p class="empty">No body.</p>
      ) : (
        <pre class="code tall" tabindex={0}>
          {message.body}
        </pre>
      )}
    </div>
  </details>
);
