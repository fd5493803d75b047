/** @jsxImportSource hono/jsx */
import type { LoggedRequest } from "../../requests/logged-request.js";
import { lastRefused, lastUntaken, type UntakenWebhook } from "../../requests/problems.js";
import { Breakable } from "../frame/cells.js";
import type { Desk } from "../frame/desk.js";
import { formatTime } from "../frame/format-time.js";
import { Part } from "../frame/parts.js";
import { Path } from "../shared/path.js";

/** What to look for first: what was refused last, and which webhook was not taken; nothing if all is well. */
export const Trouble = ({ desk }: { desk: Desk }) => {
  const request = lastRefused(desk.room.requests());
  const webhook = lastUntaken(desk.room.deliveries());
  if (!request && !webhook) return null;
  return (
    <div class={request && webhook ? "columns even" : "columns one"}>
      {request ? (
        <div>
          <Refused desk={desk} request={request} />
        </div>
      ) : null}
      {webhook ? (
        <div>
          <Untaken desk={desk} webhook={webhook} />
        </div>
      ) : null}
    </div>
  );
};

const Refused = ({ desk, request }: { desk: Desk; request: LoggedRequest }) => {
  const { id, method, path, status, error, at } = request;
  return (
    <Part title="Refused last" more={<a href={`${desk.base}/requests?status=refused`}>All refused</a>}>
      <div class="panel trouble">
        <div class="head">
          <a class="what" href={`${desk.base}/requests/${id}`}>
            {method} <Path path={path} />
          </a>
          <span class="badge bad">{status}</span>
        </div>
        <p>{error?.message ?? "It was refused without a reason."}</p>
        <p class="sub">
          {[
            error?.decline_code ?? error?.code,
            error?.param && `at ${error.param}`,
            formatTime(Date.parse(at) / 1000),
          ]
            .filter(Boolean)
            .join(", ")}
        </p>
      </div>
    </Part>
  );
};

const Untaken = ({ desk, webhook }: { desk: Desk; webhook: UntakenWebhook }) => {
  const { delivery, type, url, status, error, body } = webhook;
  return (
    <Part title="Webhook not taken" more={<a href={`${desk.base}/deliveries`}>All deliveries</a>}>
      <div class="panel trouble">
        <div class="head">
          <a class="what" href={`${desk.base}/deliveries/${delivery}`}>
            <Breakable text={type} />
          </a>
          <span class="badge bad">{status ?? "No answer"}</span>
        </div>
        {body === "" ? (
          <p>{error ?? "The answer had no body."}</p>
        ) : (
          <pre class="code wrap answered">{body}</pre>
        )}
        <p class="sub">
          <Breakable text={url} />
        </p>
      </div>
    </Part>
  );
};
