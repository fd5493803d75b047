/** @jsxImportSource hono/jsx */
import type { PaymentMethod } from "../engine/wire.js";
import { describeChange } from "./describe-change.js";
import { describeSubscription } from "./describe-subscription.js";
import { DetailsPanel } from "./portal-details-panel.js";
import { PortalFrame } from "./portal-frame.js";
import { PortalInvoices } from "./portal-invoices.js";
import type { PortalRoom } from "./portal-room.js";

const doneMessages: Readonly<Record<string, string>> = {
  cancelled: "Your plan is cancelled. You keep access until the date below.",
  renewed: "Your plan goes on. Nothing ends.",
  ended: "Your plan has ended.",
  switched: "Your plan is changed.",
  scheduled: "Your change is noted. It takes effect when the period ends.",
  kept: "Your plan stays as it is.",
  stayed: "Thank you for staying. The discount is on your next invoice.",
  paused: "Your plan is paused. You are not charged until you resume it.",
  resumed: "Your plan is running again.",
  details: "Your billing details are saved.",
  card: "Your new card is saved, and is used from now on.",
};

/** Plan first, then how it is paid, then what was paid. */
export const PortalOverview = ({ room, done }: { room: PortalRoom; done: string | undefined }) => {
  const message = done === undefined ? undefined : doneMessages[done];
  const { features } = room.view.configuration;
  return (
    <PortalFrame room={room} title="Billing" kind="overview">
      {message ? (
        <p class="notice good" role="status">
          {message}
        </p>
      ) : null}
      <Plans room={room} />
      <Card
        room={room}
        method={room.view.defaultPaymentMethod}
        canReplace={features.payment_method_update.enabled}
      />
      <DetailsPanel room={room} />
      {features.invoice_history.enabled ? <PortalInvoices invoices={room.view.invoices} /> : null}
    </PortalFrame>
  );
};

const Plans = ({ room }: { room: PortalRoom }) => (
  <section aria-labelledby="plan-title">
    <h2 id="plan-title">Current plan</h2>
    {room.view.subscriptions.length === 0 ? (
      <div class="panel muted">You have no plan at the moment. When you subscribe, it appears here.</div>
    ) : (
      room.view.subscriptions.map((subscription) => (
        <Plan key={subscription.id} room={room} id={subscription.id} />
      ))
    )}
  </section>
);

const Plan = ({ room, id }: { room: PortalRoom; id: string }) => {
  const subscription = room.view.subscriptions.find((each) => each.id === id);
  if (!subscription) return null;
  const plan = describeSubscription(room.sandbox.world, subscription);
  const {
    subscription_cancel: cancel,
    subscription_pause: pause,
    subscription_update: update,
  } = room.view.configuration.features;
  const change = describeChange(room.sandbox.world, subscription);
  const isPaused = subscription.status === "paused";
  const quantity = subscription.items.data[0]?.quantity ?? 1;
  return (
    <article class="panel" aria-label={plan.plan}>
      <div>
        <div class="row">
          <p class="plan-name">{plan.plan}</p>
          <span class={`badge ${plan.status.tone}`}>{plan.status.label}</span>
        </div>
        <p class="plan-price">
          <span class="money">{plan.amount}</span>{" "}
          <span class="per">
            {plan.per}
            {quantity > 1 ? ` · quantity ${quantity}` : ""}
          </span>
        </p>
        {change && !plan.endsOn ? <p class="notice soft">{change}</p> : <p class="muted">{plan.next}</p>}
      </div>
      <div class="buttons">
        {change ? (
          <form method="post" action={`${room.home}/keep/${id}`}>
            <button type="submit" class="button">
              Keep current plan
            </button>
          </form>
        ) : null}
        {plan.endsOn ? (
          <form method="post" action={`${room.home}/renew/${id}`}>
            <button type="submit" class="button primary">
              Renew plan
            </button>
          </form>
        ) : null}
        {!plan.endsOn && !isPaused && update.enabled && room.view.switchOptions.length > 0 ? (
          <a class="button" href={`${room.home}/switch/${id}`}>
            Change plan
          </a>
        ) : null}
        {!plan.endsOn && pause.enabled ? (
          <a class={isPaused ? "button primary" : "button"} href={`${room.home}/pause/${id}`}>
            {isPaused ? "Resume plan" : "Pause plan"}
          </a>
        ) : null}
        {!plan.endsOn && cancel.enabled ? (
          <form method="get" action={`${room.home}/cancel/${id}`}>
            <button type="submit" class="button">
              Cancel plan
            </button>
          </form>
        ) : null}
      </div>
    </article>
  );
};

const Card = ({
  room,
  method,
  canReplace,
}: {
  room: PortalRoom;
  method: PaymentMethod | null;
  canReplace: boolean;
}) => (
  <section aria-labelledby="card-title">
    <h2 id="card-title">Payment method</h2>
    <div class="panel">
      <div class="row">
        <p class={method ? "" : "muted"}>{describeCard(method)}</p>
        {canReplace ? (
          <a class="button" href={`${room.home}/card`}>
            {method ? "Replace card" : "Add card"}
          </a>
        ) : null}
      </div>
    </div>
  </section>
);

/** `Visa ending in 4242, expires 12/2030`. */
export function describeCard(method: PaymentMethod | null): string {
  const card = method?.card;
  if (!card) return "No card is saved yet.";
  const brand = card.display_brand ?? card.brand;
  const name = brand.charAt(0).toUpperCase() + brand.slice(1).replaceAll("_", " ");
  return `${name} ending in ${card.last4}, expires ${String(card.exp_month).padStart(2, "0")}/${card.exp_year}`;
}
