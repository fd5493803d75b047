import { randomUUID } from "node:crypto";
import { currentRequest } from "@tollgate/server/next";
import { billing } from "../../billing/server";
import { ActionForm } from "../account/action-form";
import { sayDate } from "../account/say";
import { Denial } from "../denial";
import { send } from "./actions";
import { Beyond } from "./beyond";
import "./meter.css";

/** What was sent, of how many, and until when; and why no more, once all are used. */
export default async function MessagesPage() {
  const access = await billing.access(await currentRequest());
  const { customerId } = access.state;
  if (customerId === null) return <h1>Sign in to send messages</h1>;
  const { used, limit, endsAt } = (await billing.usage.read(customerId)).messages;
  const check = access.check("messages");
  return (
    <>
      <h1>Messages</h1>
      <section className="panel" aria-labelledby="used-heading">
        <h2 id="used-heading">Sent in this period</h2>
        <Used used={used} limit={limit} />
        <Beyond used={used} limit={limit} access={access.state} />
        {endsAt && <p>The count starts again on {sayDate(endsAt)}.</p>}
        <ActionForm action={send}>
          {/* One press is one message, however often the browser sends it. */}
          <input type="hidden" name="key" value={randomUUID()} />
          <div className="row">
            <button type="submit" className="site-button" name="count" value="1">
              Send a message
            </button>
            <button type="submit" className="quiet-button" name="count" value="5">
              Send 5 messages
            </button>
          </div>
        </ActionForm>
        {/* Always there, so that what appears in it is announced. */}
        <div role="status" className="outcome">
          {!check.allowed && <Denial name="messages" check={check} access={access.state} />}
        </div>
      </section>
    </>
  );
}

function Used({ used, limit }: { used: number; limit: number | null }) {
  const count = used.toLocaleString("en-US");
  if (limit === null) {
    return (
      <p>
        <strong className="figure">{count}</strong> and no limit
      </p>
    );
  }
  const share = `${count} of ${limit.toLocaleString("en-US")}`;
  return (
    <>
      <p>
        <strong className="figure">{count}</strong> of {limit.toLocaleString("en-US")}
      </p>
      <meter
        className="meter"
        aria-labelledby="used-heading"
        aria-valuetext={share}
        value={Math.min(used, limit)}
        max={Math.max(limit, 1)}
        high={Math.max(limit, 1) * 0.8}
        optimum={0}
      >
        {share}
      </meter>
    </>
  );
}
