import type { Context } from "hono";
import { merchantName } from "../../engine/endpoints/merchant-name.js";
import { type PortalView, readPortal } from "../../engine/portal/portal.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { type Language, messagesFor } from "../words/messages-for.js";

/** What every page of one portal session works with. */
export interface PortalRoom {
  readonly sandbox: SandboxRoom;
  readonly view: PortalView;
  readonly merchant: string;
  /** The session's, or without one the browser's. */
  readonly language: Language;
  /** `/p/session/:token`, the root of this session's pages. */
  readonly home: string;
  /** A deep link: the person came for one thing and goes back after it. */
  readonly flow: PortalView["session"]["flow"];
}

/** The session that the address names, or nothing: a wrong token tells no more than that. */
export function openPortal(sandbox: SandboxRoom, c: Context): PortalRoom | undefined {
  const token = c.req.param("token") ?? "";
  const { portalTokens } = sandbox.world.hidden;
  const id = Object.hasOwn(portalTokens, token) ? portalTokens[token] : undefined;
  if (id === undefined) return undefined;
  const view = readPortal(sandbox.world, id);
  return {
    sandbox,
    view,
    merchant: merchantName(sandbox.world),
    language: messagesFor(view.session.locale, c.req.header("accept-language")),
    home: `/p/session/${token}`,
    flow: view.session.flow,
  };
}

/** Where a flow's own page is, under the session's root. */
export function flowPath({ home, flow, view }: PortalRoom): string | undefined {
  if (flow?.type === "payment_method_update") return `${home}/card`;
  if (flow?.type === "customer_update") return `${home}/details`;
  if (flow?.subscription_pause) return `${home}/pause/${flow.subscription_pause.subscription}`;
  if (flow?.subscription_cancel) return `${home}/cancel/${flow.subscription_cancel.subscription}`;
  if (flow?.subscription_update) return `${home}/switch/${flow.subscription_update.subscription}`;
  const confirm = flow?.subscription_update_confirm;
  const item = confirm?.items[0];
  const price = item?.price ?? priceNow(view, confirm?.subscription);
  if (!confirm || !item || !price) return undefined;
  const quantity = item.quantity === undefined ? "" : `?quantity=${item.quantity}`;
  return `${home}/switch/${confirm.subscription}/${price}${quantity}`;
}

function priceNow(view: PortalView, id: string | undefined): string | undefined {
  return view.subscriptions.find((subscription) => subscription.id === id)?.items.data[0]?.price.id;
}

/** After an action: on with the flow's `after_completion`, or back to the overview with a word about what was done. */
export function finishAction(c: Context, room: PortalRoom, done: string): Response {
  const after = room.flow?.after_completion;
  if (after?.type === "redirect" && after.redirect) return c.redirect(after.redirect.return_url, 303);
  if (after?.type === "hosted_confirmation") return c.redirect(`${room.home}/done`, 303);
  return c.redirect(`${room.home}?home=1&done=${done}`, 303);
}
