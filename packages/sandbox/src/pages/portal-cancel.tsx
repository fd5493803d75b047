/** @jsxImportSource hono/jsx */
import type { Hono } from "hono";
import { scheduleCancel, undoCancel } from "../engine/portal.js";
import type { Subscription } from "../engine/wire.js";
import type { SandboxRoom } from "../sandbox.js";
import { describeSubscription } from "./describe-subscription.js";
import { leaveHref, PortalFrame } from "./portal-frame.js";
import { finishAction, openPortal, type PortalRoom } from "./portal-room.js";
import { showMissing } from "./show-missing.js";

/** Cancelling asks once and says when access ends; undoing asks nothing. */
export function addCancelPages(pages: Hono, sandbox: SandboxRoom): void {
  pages.get("/p/session/:token/cancel/:subscription", (c) => {
    const room = openPortal(sandbox, c);
    const subscription = findOwn(room, c.req.param("subscription"));
    if (!room || !subscription) return showMissing(c);
    return c.html(<CancelStep room={room} subscription={subscription} />);
  });
  pages.post("/p/session/:token/cancel/:subscription", (c) => {
    const room = openPortal(sandbox, c);
    const subscription = findOwn(room, c.req.param("subscription"));
    if (!room || !subscription || !room.view.configuration.features.subscription_cancel.enabled)
      return showMissing(c);
    sandbox.mutate((world, ctx) => scheduleCancel(world, ctx, subscription.id));
    return finishAction(c, room, "cancelled");
  });
  pages.post("/p/session/:token/renew/:subscription", (c) => {
    const room = openPortal(sandbox, c);
    const subscription = findOwn(room, c.req.param("subscription"));
    if (!room || !subscription) return showMissing(c);
    sandbox.mutate((world, ctx) => undoCancel(world, ctx, subscription.id));
    return finishAction(c, room, "renewed");
  });
}

/** Another customer's subscription is as missing as one that never was. */
export function findOwn(room: PortalRoom | undefined, id: string): Subscription | undefined {
  return room?.view.subscriptions.find((subscription) => subscription.id === id);
}

const CancelStep = ({ room, subscription }: { room: PortalRoom; subscription: Subscription }) => {
  const plan = describeSubscription(room.sandbox.world, subscription);
  if (plan.endsOn) {
    return (
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
  }
  return (
    <PortalFrame room={room} title={`Cancel ${plan.plan}?`} kind="step">
      <div class="panel">
        <p>
          You keep access until <strong>{plan.periodEnd}</strong>, then your plan ends. You won’t be charged
          again.
        </p>
        <p class="muted">You can change your mind at any time before that day.</p>
        <div class="buttons">
          <form method="post" action={`${room.home}/cancel/${plan.id}`}>
            <button type="submit" class="button danger" data-busy="Cancelling…">
              Confirm cancellation
            </button>
          </form>
          <a class="button" href={leaveHref(room)}>
            Keep plan
          </a>
        </div>
      </div>
    </PortalFrame>
  );
};
