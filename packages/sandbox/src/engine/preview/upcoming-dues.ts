import { periodEnd } from "../subscriptions/terms/subscription-period.js";
import { day } from "../world/context.js";
import { type Due, once } from "../world/due.js";
import { emit } from "../world/emit.js";
import { seededIds } from "../world/ids.js";
import { scratchOf } from "../world/scratch-world.js";
import type { Invoice, Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";
import { playUntilInvoice } from "./play-until-invoice.js";

const renewing = ["active", "past_due", "trialing"];

/** A draft as it is announced: it was not made, so it has no id. */
const announced = ({ id: _id, ...draft }: Invoice, subscription: string): Omit<Invoice, "id"> => ({
  ...draft,
  billing_reason: "upcoming",
  lines: {
    ...draft.lines,
    data: draft.lines.data.map((line) => ({ ...line, invoice: null })),
    url: `/v1/invoices/upcoming/lines?subscription=${subscription}`,
  },
  webhooks_delivered_at: null,
});

/**
 * The invoice that will be made next and charged, some days before; not if that lead is as long as the period, or
 * if the subscription ends first. https://docs.stripe.com/api/events/types#event_types-invoice.upcoming
 */
export const upcomingDues = (world: World, subscription: Subscription): Due[] => {
  const { id, status, cancel_at, collection_method, items } = subscription;
  const lead = world.settings.upcomingDays * day;
  const about = periodEnd(subscription);
  const begun = Math.min(...items.data.map((item) => item.current_period_start));
  const renews = renewing.includes(status) && (cancel_at === null || cancel_at > about);
  if (lead === 0 || !renews || collection_method !== "charge_automatically" || about - lead <= begun)
    return [];
  return once(world, { id: `${id}/upcoming`, at: about - lead, about, turn: "notice" }, (changing, ctx) => {
    const draft = playUntilInvoice(scratchOf(changing), { ...ctx, ids: seededIds("preview") }, id);
    if (draft) emit(changing, ctx, "invoice.upcoming", announced(draft, id));
  });
};
