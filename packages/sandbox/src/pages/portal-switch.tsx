/** @jsxImportSource hono/jsx */
import type { Context, Hono } from "hono";
import { switchPlan } from "../engine/portal.js";
import { StripeError } from "../engine/stripe-error.js";
import type { Subscription } from "../engine/wire.js";
import type { SandboxRoom } from "../sandbox.js";
import { toDeclineMessage } from "./decline-message.js";
import { findOwn } from "./portal-cancel.js";
import { finishAction, openPortal, type PortalRoom } from "./portal-room.js";
import { SwitchConfirm, SwitchOptions } from "./portal-switch-view.js";
import { previewSwitch } from "./preview-switch.js";
import { showMissing } from "./show-missing.js";

/** Choosing another price, seeing what it costs now and later, and switching. */
export function addSwitchPages(pages: Hono, sandbox: SandboxRoom): void {
  pages.get("/p/session/:token/switch/:subscription", (c) => {
    const room = openPortal(sandbox, c);
    const subscription = findOwn(room, c.req.param("subscription"));
    if (!room || !subscription) return showMissing(c);
    return c.html(<SwitchOptions room={room} subscription={subscription} />);
  });
  pages.get("/p/session/:token/switch/:subscription/:price", (c) => {
    const found = findSwitch(sandbox, c);
    return found ? confirm(c, found, undefined, 200) : showMissing(c);
  });
  pages.post("/p/session/:token/switch/:subscription/:price", (c) => {
    const found = findSwitch(sandbox, c);
    if (!found) return showMissing(c);
    try {
      sandbox.mutate((world, ctx) => switchPlan(world, ctx, found.subscription.id, found.change));
      return finishAction(c, found.room, "switched");
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      return confirm(c, found, toDeclineMessage(error.body).message, 402);
    }
  });
}

interface FoundSwitch {
  readonly room: PortalRoom;
  readonly subscription: Subscription;
  readonly change: { priceId: string; quantity?: number };
}

/** Only a price that this portal offers, or that its flow names, may be switched to. */
function findSwitch(sandbox: SandboxRoom, c: Context): FoundSwitch | undefined {
  const room = openPortal(sandbox, c);
  const subscription = findOwn(room, c.req.param("subscription") ?? "");
  const priceId = c.req.param("price") ?? "";
  if (!room || !subscription) return undefined;
  const flowItem = room.flow?.subscription_update_confirm?.items[0];
  const isOffered = room.view.switchOptions.some(({ price }) => price.id === priceId);
  if (!isOffered && flowItem?.price !== priceId) return undefined;
  const quantity = flowItem?.price === priceId ? flowItem.quantity : subscription.items.data[0]?.quantity;
  return { room, subscription, change: quantity === undefined ? { priceId } : { priceId, quantity } };
}

function confirm(
  c: Context,
  { room, subscription, change }: FoundSwitch,
  failure: string | undefined,
  status: 200 | 402,
) {
  const preview = previewSwitch(room.sandbox, subscription.id, change);
  return c.html(
    <SwitchConfirm
      room={room}
      subscription={subscription}
      change={change}
      preview={preview}
      failure={failure}
    />,
    status,
  );
}
