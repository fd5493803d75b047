/** @jsxImportSource hono/jsx */
import type { LoggedRequest } from "../../requests/logged-request.js";
import { Nothing } from "../frame/cells.js";
import type { Desk } from "../frame/desk.js";
import { formatTime } from "../frame/format-time.js";
import { Frame } from "../frame/frame.js";
import { Copy, Crumbs, Part } from "../frame/parts.js";
import { ObjectJson } from "../shared/object-json.js";
import { Path } from "../shared/path.js";
import { asCurl } from "./as-curl.js";
import { asSdkCode } from "./as-sdk-code.js";
import { StatusBadge } from "./requests-view.js";

type RequestProps = { desk: Desk; request: LoggedRequest; base: string };

/** One request: why it was refused, how to make it again, and what was answered. */
export const RequestView = ({ desk, request, base }: RequestProps) => {
  const { method, path, error, params } = request;
  const own = desk.platform.world.account.id;
  const code = asSdkCode(request, own);
  return (
    <Frame desk={desk} title={`${method} ${path}`} at="/requests">
      <header>
        <Crumbs steps={[[`${desk.base}/requests`, "Requests"]]} />
        <div class="title">
          <h1>
            {method} <Path path={path} />
          </h1>
          <StatusBadge request={request} />
        </div>
        <div class="copyable">
          <code class="muted">{request.id}</code>
          <Copy text={request.id} what="the id" />
        </div>
      </header>
      {error ? <p class="notice bad">{error.message}</p> : null}
      <Facts request={request} />
      <CodePart title="With the SDK" id="sdk" code={code} />
      <CodePart title="With curl" id="curl" code={asCurl(request, base, own)} />
      {Object.keys(params).length > 0 ? (
        <Part title="Parameters">
          <ObjectJson desk={desk} value={params} id="params" />
        </Part>
      ) : null}
      <Part title="Answer" more={<Copy from="#answer" what="the answer" />}>
        <Answer desk={desk} answer={request.answer} />
      </Part>
    </Frame>
  );
};

type Fact = readonly [head: string, value: string | undefined];

const factsOf = ({ error, at, durationMs, by, key, version, account }: LoggedRequest): Fact[] => [
  ...(error
    ? ([
        ["Type", error.type],
        ["Code", error.code],
        ...(error.decline_code ? [["Decline code", error.decline_code] as const] : []),
        ["Parameter", error.param],
      ] satisfies Fact[])
    : []),
  ["Time", formatTime(Date.parse(at) / 1000)],
  ["Took", `${durationMs < 10 ? durationMs.toFixed(1) : Math.round(durationMs)} ms`],
  [
    "Asked by",
    by === "scenario" ? "A scenario" : key === "none" ? "Nobody that has a key" : `The ${key} key`,
  ],
  ["API version", version ?? undefined],
  ["Account", account],
];

const Facts = ({ request }: { request: LoggedRequest }) => (
  <div class="panel">
    <dl class="facts">
      {factsOf(request).map(([head, value]) => (
        <div key={head}>
          <dt>{head}</dt>
          <dd>{value === undefined ? <Nothing /> : value}</dd>
        </div>
      ))}
    </dl>
  </div>
);

const CodePart = ({ title, id, code }: { title: string; id: string; code: string | null }) => (
  <Part title={title} more={code === null ? null : <Copy from={`#${id}`} what={title.toLowerCase()} />}>
    <div class="panel flush">
      {code === null ? (
        <p class="empty">The stripe package has no method for this request.</p>
      ) : (
        <pre class="json" id={id} tabindex={0}>
          {code}
        </pre>
      )}
    </div>
  </Part>
);

const parsed = (answer: string): unknown => {
  try {
    return JSON.parse(answer);
  } catch {
    return undefined;
  }
};

const Answer = ({ desk, answer }: { desk: Desk; answer: string }) => {
  const value = parsed(answer);
  if (value !== undefined) return <ObjectJson desk={desk} value={value} id="answer" />;
  return (
    <div class="panel flush">
      <pre class="json" id="answer" tabindex={0}>
        {answer}
      </pre>
      <p class="empty">Only its first 16 kB are kept.</p>
    </div>
  );
};
