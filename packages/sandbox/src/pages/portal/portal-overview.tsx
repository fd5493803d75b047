/** @jsxImportSource hono/jsx */
import { describeCard } from "../format/describe-card.js";
import type { Messages } from "../messages/en.js";
import { DetailsPanel } from "./portal-details-panel.js";
import { PortalFrame } from "./portal-frame.js";
import { PortalInvoices } from "./portal-invoices.js";
import { PortalPlan } from "./portal-plan.js";
import type { PortalRoom } from "./portal-room.js";

type Done = Messages["portal"]["done"];

/** Plan first, then how it is paid, then what was paid. */
export const PortalOverview = ({ room, done = "" }: { room: PortalRoom; done: string | undefined }) => {
  const { portal } = room.language.text;
  const message = Object.hasOwn(portal.done, done) ? portal.done[done as keyof Done] : undefined;
  return (
    <PortalFrame room={room} title={portal.title} kind="overview">
      {message ? (
        <p class="notice good" role="status">
          {message}
        </p>
      ) : null}
      <Plans room={room} />
      <Card room={room} />
      <DetailsPanel room={room} />
      {room.view.configuration.features.invoice_history.enabled ? <PortalInvoices room={room} /> : null}
    </PortalFrame>
  );
};

const Plans = ({ room }: { room: PortalRoom }) => {
  const { plan } = room.language.text.portal;
  return (
    <section aria-labelledby="plan-title">
      <h2 id="plan-title">{plan.current}</h2>
      {room.view.subscriptions.length === 0 ? (
        <div class="panel muted">{plan.none}</div>
      ) : (
        room.view.subscriptions.map((subscription) => (
          <PortalPlan key={subscription.id} room={room} subscription={subscription} />
        ))
      )}
    </section>
  );
};

const Card = ({ room }: { room: PortalRoom }) => {
  const { text } = room.language;
  const { card } = text.portal;
  const method = room.view.defaultPaymentMethod;
  return (
    <section aria-labelledby="card-title">
      <h2 id="card-title">{card.title}</h2>
      <div class="panel">
        <div class="row">
          <p class={method ? "" : "muted"}>{describeCard(method, text)}</p>
          {room.view.configuration.features.payment_method_update.enabled ? (
            <a class="button" href={`${room.home}/card`}>
              {method ? card.replace : card.add}
            </a>
          ) : null}
        </div>
      </div>
    </section>
  );
};
