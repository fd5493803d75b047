/** @jsxImportSource hono/jsx */

import type { Context, Hono } from "hono";
import { updateSubscription } from "../../engine/changes/update-subscription.js";
import { cancelPlan, type Farewell, undoCancel } from "../../engine/portal/portal.js";
import { activeOptions } from "../../engine/subscriptions/terms/feedback-option.js";
import type { Subscription } from "../../engine/world/wire.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { readForm } from "../kit/read-form.js";
import { showMissing } from "../kit/show-missing.js";
import { describeChange } from "../totals/describe-change.js";
import { CancelStep } from "./portal-cancel-view.js";
import { finishAction, openPortal, type PortalRoom } from "./portal-room.js";

/** Cancelling asks once and says when access ends; undoing asks nothing. */
export function addCancelPages(pages: Hono, sandbox: SandboxRoom): void {
  pages.get("/p/session/:token/cancel/:subscription", (c) => {
    const found = findCancel(sandbox, c);
    return found
      ? c.html(<CancelStep room={found.room} subscription={found.subscription} />)
      : showMissing(c);
  });
  pages.post("/p/session/:token/cancel/:subscription", async (c) => {
    const form = await readForm(c);
    const found = findCancel(sandbox, c);
    if (!found?.room.view.configuration.features.subscription_cancel.enabled) return showMissing(c);
    const { room, subscription } = found;
    sandbox.mutate((world, ctx) =>
      cancelPlan(world, ctx, room.view.configuration, subscription.id, readFarewell(room, form)),
    );
    const { mode } = room.view.configuration.features.subscription_cancel;
    return finishAction(c, room, mode === "immediately" ? "ended" : "cancelled");
  });
  pages.post("/p/session/:token/stay/:subscription", (c) => {
    const found = findCancel(sandbox, c);
    const coupon = found?.room.flow?.subscription_cancel?.retention?.coupon_offer?.coupon;
    if (!found || coupon === undefined) return showMissing(c);
    sandbox.mutate((world, ctx) =>
      updateSubscription(world, ctx, found.subscription.id, { discounts: [{ coupon }] }),
    );
    return finishAction(c, found.room, "stayed");
  });
  pages.post("/p/session/:token/renew/:subscription", (c) => {
    const found = findCancel(sandbox, c);
    if (!found) return showMissing(c);
    sandbox.mutate((world, ctx) => undoCancel(world, ctx, found.subscription.id));
    return finishAction(c, found.room, "renewed");
  });
}

function findCancel(
  sandbox: SandboxRoom,
  c: Context,
): { room: PortalRoom; subscription: Subscription } | undefined {
  const room = openPortal(sandbox, c);
  const subscription = findChangeable(room, c.req.param("subscription") ?? "");
  return room && subscription ? { room, subscription } : undefined;
}

/** The reason that the form gave, as far as the portal asked for one. */
function readFarewell(room: PortalRoom, form: FormData): Farewell {
  const { enabled, options, feedback_options } =
    room.view.configuration.features.subscription_cancel.cancellation_reason;
  const reason = form.get("feedback");
  const comment = form.get("comment");
  if (!enabled) return {};
  const own = activeOptions(room.sandbox.world, feedback_options).find(({ id }) => id === reason);
  const known = typeof reason === "string" && options.includes(reason);
  return {
    ...(own ? { feedback_option: own.id } : {}),
    ...(known ? { feedback: reason as NonNullable<Farewell["feedback"]> } : {}),
    ...(typeof comment === "string" && comment.trim() !== ""
      ? { comment: comment.trim().slice(0, 5000) }
      : {}),
  };
}

/**
 * One that may be changed or cancelled: while an update is scheduled, it can only be taken back
 * (https://docs.stripe.com/customer-management#customer-portal-limitations).
 */
export function findChangeable(room: PortalRoom | undefined, id: string): Subscription | undefined {
  const subscription = findOwn(room, id);
  const waits = room && subscription && describeChange(room.sandbox.world, subscription, room.language);
  return waits === undefined ? subscription : undefined;
}

/** Another customer's subscription is as missing as one that never existed. */
export function findOwn(room: PortalRoom | undefined, id: string): Subscription | undefined {
  return room?.view.subscriptions.find((subscription) => subscription.id === id);
}
