/** @jsxImportSource hono/jsx */
import { couponBehind } from "../engine/coupon.js";
import type { Coupon, Subscription } from "../engine/wire.js";
import { describeSubscription, type SubscriptionSummary } from "./describe-subscription.js";
import { formatMoney } from "./format-money.js";
import { leaveHref, PortalFrame } from "./portal-frame.js";
import type { PortalRoom } from "./portal-room.js";

/** The reasons that Stripe knows, in words. */
const reasons: Readonly<Record<string, string>> = {
  customer_service: "Customer service was not good enough",
  low_quality: "Quality was not good enough",
  missing_features: "It lacks features that I need",
  other: "Another reason",
  switched_service: "I switched to another service",
  too_complex: "It is too complicated",
  too_expensive: "It is too expensive",
  unused: "I don’t use it enough",
};

const Reasons = ({ options }: { options: readonly string[] }) => (
  <fieldset class="group">
    <legend>Why are you leaving?</legend>
    <div class="choices">
      {options.map((option) => (
        <label class="choice" key={option}>
          <input type="radio" name="feedback" value={option} />
          <span>{reasons[option] ?? option}</span>
        </label>
      ))}
    </div>
    <div class="field">
      <label for="comment">Anything to add? (optional)</label>
      <textarea id="comment" name="comment" rows={3} maxlength={5000} />
    </div>
  </fieldset>
);

function describeOffer(coupon: Coupon): string {
  const off =
    coupon.percent_off === null
      ? formatMoney(coupon.amount_off ?? 0, coupon.currency ?? "usd")
      : `${coupon.percent_off}%`;
  if (coupon.duration === "forever") return `${off} off for as long as you stay`;
  if (coupon.duration === "once") return `${off} off your next invoice`;
  return `${off} off for ${coupon.duration_in_months} months`;
}

/** Something to stay for; leaving stays one click away. */
const Offer = ({ room, plan }: { room: PortalRoom; plan: SubscriptionSummary }) => {
  const id = room.flow?.subscription_cancel?.retention?.coupon_offer?.coupon;
  const coupon = couponBehind(room.sandbox.world, id);
  if (!coupon) return null;
  return (
    <div class="panel">
      <p>
        <strong>{describeOffer(coupon)}</strong>
      </p>
      <p class="muted">If you stay with {plan.plan}, we take it off from now on.</p>
      <div class="buttons">
        <form method="post" action={`${room.home}/stay/${plan.id}`}>
          <button type="submit" class="button primary">
            Stay and save
          </button>
        </form>
      </div>
    </div>
  );
};

const AlreadyCancelled = ({ room, plan }: { room: PortalRoom; plan: SubscriptionSummary }) => (
  <PortalFrame room={room} title="Already cancelled" kind="step">
    <div class="panel">
      <p>
        Your {plan.plan} plan is already cancelled. You keep access until {plan.endsOn}.
      </p>
      <div class="buttons">
        <form method="post" action={`${room.home}/renew/${plan.id}`}>
          <button type="submit" class="button primary">
            Don’t cancel
          </button>
        </form>
      </div>
    </div>
  </PortalFrame>
);

/** When access ends and what is paid back, before anything happens. */
const Consequence = ({ room, plan }: { room: PortalRoom; plan: SubscriptionSummary }) => {
  const { mode, proration_behavior: proration } = room.view.configuration.features.subscription_cancel;
  if (mode === "immediately")
    return (
      <p>
        Your plan and your access <strong>end now</strong>.{" "}
        {proration === "none"
          ? "The rest of the period is not paid back."
          : "What you have paid and not used becomes credit on your account."}
      </p>
    );
  return (
    <>
      <p>
        You keep access until <strong>{plan.periodEnd}</strong>, then your plan ends. You won’t be charged
        again.
      </p>
      <p class="muted">You can change your mind at any time before that day.</p>
    </>
  );
};

/** Asks once, and says what follows. */
export const CancelStep = ({ room, subscription }: { room: PortalRoom; subscription: Subscription }) => {
  const plan = describeSubscription(room.sandbox.world, subscription);
  if (plan.endsOn) return <AlreadyCancelled room={room} plan={plan} />;
  const { cancellation_reason: reason } = room.view.configuration.features.subscription_cancel;
  return (
    <PortalFrame room={room} title={`Cancel ${plan.plan}?`} kind="step">
      <Offer room={room} plan={plan} />
      <form class="panel" method="post" action={`${room.home}/cancel/${plan.id}`}>
        <Consequence room={room} plan={plan} />
        {reason.enabled && reason.options.length > 0 ? <Reasons options={reason.options} /> : null}
        <div class="buttons">
          <button type="submit" class="button danger" data-busy="Cancelling…">
            Confirm cancellation
          </button>
          <a class="button" href={leaveHref(room)}>
            Keep plan
          </a>
        </div>
      </form>
    </PortalFrame>
  );
};
