/** @jsxImportSource hono/jsx */
import type { Price, Subscription } from "../engine/wire.js";
import { describeSubscription } from "./describe-subscription.js";
import { formatInterval, formatMoney, toInterval } from "./format-money.js";
import { leaveHref, PortalFrame } from "./portal-frame.js";
import type { PortalRoom } from "./portal-room.js";
import type { SwitchPreview } from "./preview-switch.js";

/** Every price the customer may have, the present one marked. */
export const SwitchOptions = ({ room, subscription }: { room: PortalRoom; subscription: Subscription }) => {
  const current = subscription.items.data[0]?.price.id;
  // A subscription keeps its currency for life.
  const options = room.view.switchOptions.filter(({ price }) => price.currency === subscription.currency);
  return (
    <PortalFrame room={room} title="Change plan" kind="step">
      <ul class="options">
        {options.map(({ product, price }) => (
          <li class={price.id === current ? "option current" : "option"} key={price.id}>
            <div>
              <p class="plan-name">{product.name}</p>
              <p class="muted">{describePrice(price)}</p>
            </div>
            {price.id === current ? (
              <span class="badge">Current plan</span>
            ) : (
              <a
                class="button"
                href={`${room.home}/switch/${subscription.id}/${price.id}`}
                aria-label={`Choose ${product.name}, ${describePrice(price)}`}
              >
                Choose
              </a>
            )}
          </li>
        ))}
      </ul>
    </PortalFrame>
  );
};

function describePrice(price: Price): string {
  const per = formatInterval(toInterval(price.recurring?.interval), price.recurring?.interval_count);
  return `${formatMoney(price.unit_amount ?? 0, price.currency)} ${per}`;
}

function describeNextInvoice(amount: number, currency: string): string {
  const money = formatMoney(Math.abs(amount), currency);
  if (amount < 0) return `What you have paid and not used, ${money}, is taken off your next invoice.`;
  return `Your next invoice also has ${money} for the rest of the present period.`;
}

type SwitchConfirmProps = {
  room: PortalRoom;
  subscription: Subscription;
  change: { priceId: string; quantity?: number };
  preview: SwitchPreview | { readonly refusal: string };
  failure: string | undefined;
};

/** What is charged now and what later, before anything happens. */
export const SwitchConfirm = ({ room, subscription, change, preview, failure }: SwitchConfirmProps) => {
  const { world } = room.sandbox;
  const before = describeSubscription(world, subscription);
  const problem = failure ?? ("refusal" in preview ? preview.refusal : undefined);
  const after = "subscription" in preview ? describeSubscription(world, preview.subscription) : undefined;
  return (
    <PortalFrame room={room} title={after ? `Switch to ${after.plan}` : "Change plan"} kind="step">
      {problem ? (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      ) : null}
      <div class="panel">
        {after && "dueToday" in preview ? (
          <>
            <p>
              You’ll be charged{" "}
              <strong class="money">{formatMoney(preview.dueToday, subscription.currency)}</strong> today,
              then <strong class="money">{after.amount}</strong> {after.per}, next on {after.periodEnd}.
            </p>
            {preview.onNextInvoice === 0 ? null : (
              <p>{describeNextInvoice(preview.onNextInvoice, subscription.currency)}</p>
            )}
            <p class="muted small">
              Now: {before.plan}, {before.amount} {before.per}.
            </p>
          </>
        ) : null}
        <div class="buttons">
          {after ? (
            <form method="post" action={`${room.home}/switch/${subscription.id}/${change.priceId}`}>
              <button type="submit" class="button primary" data-busy="Switching…">
                Confirm change
              </button>
            </form>
          ) : null}
          <a class="button" href={leaveHref(room)}>
            Keep current plan
          </a>
        </div>
      </div>
    </PortalFrame>
  );
};
