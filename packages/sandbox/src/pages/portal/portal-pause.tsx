/** @jsxImportSource hono/jsx */
import type { Hono } from "hono";
import { pauseSubscription } from "../../engine/subscriptions/stopping/pause-subscription.js";
import { resumeSubscription } from "../../engine/subscriptions/stopping/resume-subscription.js";
import { StripeError } from "../../engine/world/stripe-error.js";
import type { Subscription } from "../../engine/world/wire.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { toDeclineMessage } from "../cards/decline-message.js";
import { showMissing } from "../kit/show-missing.js";
import { describeSubscription } from "../subscriptions/describe-subscription.js";
import { findOwn } from "./portal-cancel.js";
import { leaveHref, PortalFrame } from "./portal-frame.js";
import { finishAction, openPortal, type PortalRoom } from "./portal-room.js";

/** Pausing a plan and starting it again. */
export function addPausePages(pages: Hono, sandbox: SandboxRoom): void {
  pages.get("/p/session/:token/pause/:subscription", (c) => {
    const room = openPortal(sandbox, c);
    const subscription = findOwn(room, c.req.param("subscription"));
    if (!room?.view.configuration.features.subscription_pause.enabled || !subscription) return showMissing(c);
    return c.html(<PauseStep room={room} subscription={subscription} problem={undefined} />);
  });
  pages.post("/p/session/:token/pause/:subscription", (c) => {
    const room = openPortal(sandbox, c);
    const subscription = findOwn(room, c.req.param("subscription"));
    if (!room?.view.configuration.features.subscription_pause.enabled || !subscription) return showMissing(c);
    const pausing = subscription.status !== "paused";
    try {
      sandbox.mutate((world, ctx) =>
        pausing
          ? pauseSubscription(world, ctx, subscription.id, {})
          : resumeSubscription(world, ctx, subscription.id, {
              payment_behavior: "resume_on_payment_success",
            }),
      );
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      const problem = toDeclineMessage(error.body, room.language.text).message;
      return c.html(<PauseStep room={room} subscription={subscription} problem={problem} />, 400);
    }
    return finishAction(c, room, pausing ? "paused" : "resumed");
  });
}

type PauseStepProps = { room: PortalRoom; subscription: Subscription; problem: string | undefined };

const PauseStep = ({ room, subscription, problem }: PauseStepProps) => {
  const plan = describeSubscription(room.sandbox.world, subscription, room.language);
  const { pause, plan: words } = room.language.text.portal;
  const paused = subscription.status === "paused";
  return (
    <PortalFrame
      room={room}
      title={paused ? pause.resumeTitle(plan.plan) : pause.title(plan.plan)}
      kind="step"
    >
      {problem ? (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      ) : null}
      <form class="panel" method="post" action={`${room.home}/pause/${plan.id}`}>
        <p>{paused ? pause.resumeText(plan.amount, plan.per) : pause.text}</p>
        <div class="buttons">
          <button type="submit" class="button primary">
            {paused ? words.resume : words.pause}
          </button>
          <a class="button" href={leaveHref(room)}>
            {pause.notNow}
          </a>
        </div>
      </form>
    </PortalFrame>
  );
};
