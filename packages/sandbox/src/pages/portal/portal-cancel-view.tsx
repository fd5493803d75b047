/** @jsxImportSource hono/jsx */

import { couponBehind } from "../../engine/discounts/coupon.js";
import { activeOptions } from "../../engine/subscriptions/terms/feedback-option.js";
import type { Coupon, Subscription } from "../../engine/world/wire.js";
import { formatPercent } from "../format/format-money.js";
import { Emphasis } from "../kit/emphasis.js";
import type { Messages } from "../messages/en.js";
import { describeSubscription, type SubscriptionSummary } from "../subscriptions/describe-subscription.js";
import type { Language } from "../words/messages-for.js";
import { leaveHref, PortalFrame } from "./portal-frame.js";
import type { PortalRoom } from "./portal-room.js";

type Words = Messages["portal"]["cancel"];

/** A reason as it is sent, and as it reads. */
type Reason = readonly [value: string, words: string];

const Reasons = ({ reasons, words }: { reasons: readonly Reason[]; words: Words }) => (
  <fieldset class="group">
    <legend>{words.why}</legend>
    <div class="choices">
      {reasons.map(([value, name]) => (
        <label class="choice" key={value}>
          <input type="radio" name="feedback" value={value} />
          <span>{name}</span>
        </label>
      ))}
    </div>
    <div class="field">
      <label for="comment">{words.comment}</label>
      <textarea id="comment" name="comment" rows={3} maxlength={5000} />
    </div>
  </fieldset>
);

/** The reasons that Stripe knows have words of their own. */
const nameReason = (reason: string, { reasons }: Words): string =>
  Object.hasOwn(reasons, reason) ? reasons[reason as keyof Words["reasons"]] : reason;

function describeOffer(coupon: Coupon, { text, money, tag }: Language): string {
  const { offer } = text.portal.cancel;
  const off =
    coupon.percent_off === null
      ? money(coupon.amount_off ?? 0, coupon.currency ?? "usd")
      : formatPercent(coupon.percent_off, tag);
  if (coupon.duration === "forever") return offer.forever(off);
  if (coupon.duration === "once") return offer.once(off);
  return offer.months(off, coupon.duration_in_months ?? 1);
}

/** Something to stay for; leaving stays one click away. */
const Offer = ({ room, plan }: { room: PortalRoom; plan: SubscriptionSummary }) => {
  const id = room.flow?.subscription_cancel?.retention?.coupon_offer?.coupon;
  const coupon = couponBehind(room.sandbox.world, id);
  if (!coupon) return null;
  const { offer } = room.language.text.portal.cancel;
  return (
    <div class="panel">
      <p>
        <strong>{describeOffer(coupon, room.language)}</strong>
      </p>
      <p class="muted">{offer.stay(plan.plan)}</p>
      <div class="buttons">
        <form method="post" action={`${room.home}/stay/${plan.id}`}>
          <button type="submit" class="button primary">
            {offer.take}
          </button>
        </form>
      </div>
    </div>
  );
};

const AlreadyCancelled = ({ room, plan }: { room: PortalRoom; plan: SubscriptionSummary }) => {
  const { cancel } = room.language.text.portal;
  return (
    <PortalFrame room={room} title={cancel.already} kind="step">
      <div class="panel">
        <p>{cancel.alreadyText(plan.plan, plan.endsOn ?? plan.periodEnd)}</p>
        <div class="buttons">
          <form method="post" action={`${room.home}/renew/${plan.id}`}>
            <button type="submit" class="button primary">
              {cancel.dont}
            </button>
          </form>
        </div>
      </div>
    </PortalFrame>
  );
};

/** When access ends and what is paid back, before anything happens. */
const Consequence = ({ room, plan }: { room: PortalRoom; plan: SubscriptionSummary }) => {
  const { cancel } = room.language.text.portal;
  const { mode, proration_behavior: proration } = room.view.configuration.features.subscription_cancel;
  if (mode === "immediately")
    return (
      <p>
        <strong>{cancel.now}</strong> {proration === "none" ? cancel.notPaidBack : cancel.credit}
      </p>
    );
  return (
    <>
      <p>
        <Emphasis sentence={cancel.atEnd(plan.periodEnd)} of={[plan.periodEnd]} />
      </p>
      <p class="muted">{cancel.undo}</p>
    </>
  );
};

/** Asks once, and says what will follow. */
export const CancelStep = ({ room, subscription }: { room: PortalRoom; subscription: Subscription }) => {
  const plan = describeSubscription(room.sandbox.world, subscription, room.language);
  const { cancel } = room.language.text.portal;
  if (plan.endsOn) return <AlreadyCancelled room={room} plan={plan} />;
  const { cancellation_reason: reason } = room.view.configuration.features.subscription_cancel;
  const own = activeOptions(room.sandbox.world, reason.feedback_options);
  const reasons: Reason[] = [
    ...reason.options.map((option): Reason => [option, nameReason(option, cancel)]),
    ...own.map(({ id, description }): Reason => [id, description]),
  ];
  return (
    <PortalFrame room={room} title={cancel.title(plan.plan)} kind="step">
      <Offer room={room} plan={plan} />
      <form class="panel" method="post" action={`${room.home}/cancel/${plan.id}`}>
        <Consequence room={room} plan={plan} />
        {reason.enabled && reasons.length > 0 ? <Reasons reasons={reasons} words={cancel} /> : null}
        <div class="buttons">
          <button type="submit" class="button danger" data-busy={cancel.busy}>
            {cancel.confirm}
          </button>
          <a class="button" href={leaveHref(room)}>
            {cancel.keep}
          </a>
        </div>
      </form>
    </PortalFrame>
  );
};
