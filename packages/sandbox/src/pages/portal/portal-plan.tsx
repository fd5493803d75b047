/** @jsxImportSource hono/jsx */
import type { Subscription } from "../../engine/world/wire.js";
import { describeSubscription, type SubscriptionSummary } from "../subscriptions/describe-subscription.js";
import { describeChange } from "../totals/describe-change.js";
import type { PortalRoom } from "./portal-room.js";

type PortalPlanProps = { room: PortalRoom; subscription: Subscription };

/** A plan: what it costs, what happens next, and what may be done with it. */
export const PortalPlan = ({ room, subscription }: PortalPlanProps) => {
  const { sandbox, language } = room;
  const plan = describeSubscription(sandbox.world, subscription, language);
  const change = describeChange(sandbox.world, subscription, language);
  const [item, ...others] = subscription.items.data;
  // With several items a single quantity would say nothing.
  const quantity = others.length === 0 ? (item?.quantity ?? 1) : 1;
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
            {quantity > 1 ? ` · ${language.text.portal.plan.quantity(quantity)}` : ""}
          </span>
        </p>
        {change && !plan.endsOn ? <p class="notice soft">{change}</p> : <p class="muted">{plan.next}</p>}
      </div>
      <PlanButtons room={room} subscription={subscription} plan={plan} changes={change !== undefined} />
    </article>
  );
};

type PlanButtonsProps = PortalPlanProps & { plan: SubscriptionSummary; changes: boolean };

const PlanButtons = ({ room, subscription, plan, changes }: PlanButtonsProps) => {
  const { features } = room.view.configuration;
  const words = room.language.text.portal.plan;
  const { id } = subscription;
  const isPaused = subscription.status === "paused";
  const goesOn = !plan.endsOn;
  const changeable = goesOn && !changes;
  return (
    <div class="buttons">
      {changes ? <PostButton action={`${room.home}/keep/${id}`} label={words.keep} /> : null}
      {plan.endsOn ? <PostButton action={`${room.home}/renew/${id}`} label={words.renew} primary /> : null}
      {changeable && !isPaused && room.view.switchOptions.length > 0 ? (
        <a class="button" href={`${room.home}/switch/${id}`}>
          {words.change}
        </a>
      ) : null}
      {goesOn && features.subscription_pause.enabled ? (
        <a class={isPaused ? "button primary" : "button"} href={`${room.home}/pause/${id}`}>
          {isPaused ? words.resume : words.pause}
        </a>
      ) : null}
      {changeable && features.subscription_cancel.enabled ? (
        <form method="get" action={`${room.home}/cancel/${id}`}>
          <button type="submit" class="button">
            {words.cancel}
          </button>
        </form>
      ) : null}
    </div>
  );
};

type PostButtonProps = { action: string; label: string; primary?: boolean };

const PostButton = ({ action, label, primary = false }: PostButtonProps) => (
  <form method="post" action={action}>
    <button type="submit" class={primary ? "button primary" : "button"}>
      {label}
    </button>
  </form>
);
