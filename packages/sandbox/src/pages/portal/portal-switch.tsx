/** @jsxImportSource hono/jsx */
import type { Context, Hono } from "hono";
import { type PlanChange, switchPlan, waitsForEnd } from "../../engine/changes/switch-plan.js";
import { findPromotionCode } from "../../engine/discounts/redeem.js";
import { undoSwitch } from "../../engine/portal/portal.js";
import { StripeError } from "../../engine/world/stripe-error.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { toDeclineMessage } from "../cards/decline-message.js";
import { showMissing } from "../kit/show-missing.js";
import { findChangeable, findOwn } from "./portal-cancel.js";
import { chosenQuantity, quantityRange, withinRange } from "./portal-quantity.js";
import { finishAction, openPortal, type PortalRoom } from "./portal-room.js";
import { type FoundSwitch, SwitchConfirm } from "./portal-switch-confirm.js";
import { SwitchOptions } from "./portal-switch-view.js";
import { previewSwitch } from "./preview-switch.js";

/** Choosing another price or quantity, seeing what it costs now and later, and switching. */
export function addSwitchPages(pages: Hono, sandbox: SandboxRoom): void {
  pages.get("/p/session/:token/switch/:subscription", (c) => {
    const room = openPortal(sandbox, c);
    const subscription = findChangeable(room, c.req.param("subscription"));
    if (!room?.view.configuration.features.subscription_update.enabled || !subscription)
      return showMissing(c);
    return c.html(<SwitchOptions room={room} subscription={subscription} />);
  });
  pages.get("/p/session/:token/switch/:subscription/:price", (c) => {
    const found = findSwitch(sandbox, c);
    return found ? confirm(c, found, undefined, 200) : showMissing(c);
  });
  pages.post("/p/session/:token/switch/:subscription/:price", (c) => {
    const found = findSwitch(sandbox, c);
    if (!found) return showMissing(c);
    const { configuration } = found.room.view;
    try {
      const later = sandbox.mutate((world, ctx) => {
        const waits = waitsForEnd(world, configuration, found.subscription, found.change);
        switchPlan(world, ctx, configuration, found.subscription.id, found.change);
        return waits;
      });
      return finishAction(c, found.room, later ? "scheduled" : "switched");
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      return confirm(c, found, toDeclineMessage(error.body, found.room.language.text).message, 402);
    }
  });
  pages.post("/p/session/:token/keep/:subscription", (c) => {
    const room = openPortal(sandbox, c);
    const subscription = findOwn(room, c.req.param("subscription"));
    if (!room || !subscription) return showMissing(c);
    sandbox.mutate((world, ctx) => undoSwitch(world, ctx, subscription.id));
    return finishAction(c, room, "kept");
  });
}

type Discounts = PlanChange["discounts"];

const flowDiscounts = (room: PortalRoom): Discounts =>
  room.flow?.subscription_update_confirm?.discounts?.map(({ coupon, promotion_code }) =>
    coupon ? { coupon } : { promotion_code: promotion_code ?? "" },
  );

/** Only a price that this portal offers, or that its flow names, may be switched to. */
function findSwitch(sandbox: SandboxRoom, c: Context): FoundSwitch | undefined {
  const room = openPortal(sandbox, c);
  const subscription = findChangeable(room, c.req.param("subscription") ?? "");
  const priceId = c.req.param("price") ?? "";
  if (!room || !subscription) return undefined;
  const item = subscription.items.data[0];
  const flowItem = room.flow?.subscription_update_confirm?.items[0];
  const inFlow = flowItem !== undefined && (flowItem.price ?? item?.price.id) === priceId;
  const offered = room.view.switchOptions.find(({ price }) => price.id === priceId);
  if (!offered && !inFlow) return undefined;
  const range = offered && quantityRange(room.view, offered.price);
  const wanted = chosenQuantity(c.req.query("quantity"), range);
  const quantity = wanted ?? (inFlow ? flowItem.quantity : undefined) ?? withinRange(item?.quantity, range);
  const typed = room.view.configuration.features.subscription_update.default_allowed_updates.includes(
    "promotion_code",
  )
    ? (c.req.query("code")?.trim() ?? "")
    : "";
  const code = typed === "" ? undefined : findPromotionCode(sandbox.world, typed, room.view.customer.id);
  const discounts = code ? [{ promotion_code: code.id }] : inFlow ? flowDiscounts(room) : undefined;
  return {
    room,
    subscription,
    change: {
      priceId,
      ...(quantity === undefined ? {} : { quantity }),
      ...(discounts ? { discounts } : {}),
    },
    code: typed === "" ? undefined : { typed, known: code !== undefined },
  };
}

function confirm(c: Context, found: FoundSwitch, failure: string | undefined, status: 200 | 402) {
  const { room, subscription, change } = found;
  const preview = previewSwitch(room.sandbox, room.view.configuration, subscription.id, change);
  return c.html(<SwitchConfirm found={found} preview={preview} failure={failure} />, status);
}
