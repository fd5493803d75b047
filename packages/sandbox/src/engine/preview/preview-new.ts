import { createSubscription } from "../subscriptions/opening/create-subscription.js";
import type { Context } from "../world/context.js";
import type { Customer, Invoice } from "../world/wire.js";
import type { World } from "../world/world.js";
import { firstDraft } from "./play-until-invoice.js";
import type { PreviewFields } from "./prepare-preview.js";

/** A new subscription's first invoice; without what happens only once, if the recurring amounts are asked for. */
export const previewNew = (
  scratch: World,
  ctx: Context,
  fields: PreviewFields,
  customer: Customer,
): Invoice | undefined => {
  const {
    items = [],
    billing_cycle_anchor: anchor,
    proration_behavior,
    ...details
  } = fields.subscription_details ?? {};
  const recurring = fields.preview_mode === "recurring";
  createSubscription(scratch, ctx, {
    customer: customer.id,
    items: items.flatMap(({ id: _id, deleted, clear_usage: _usage, ...item }) =>
      deleted ? [] : [{ ...item, metadata: item.metadata ?? {} }],
    ),
    payment_behavior: "default_incomplete",
    ...(fields.automatic_tax ? { automatic_tax: fields.automatic_tax } : {}),
    ...(fields.currency === undefined ? {} : { currency: fields.currency }),
    ...(fields.discounts === undefined ? {} : { discounts: fields.discounts }),
    ...(details.billing_mode ? { billing_mode: details.billing_mode } : {}),
    ...(details.cancel_at == null ? {} : { cancel_at: details.cancel_at }),
    ...(details.default_tax_rates === undefined ? {} : { default_tax_rates: details.default_tax_rates }),
    ...(recurring || anchor?.timestamp === undefined ? {} : { billing_cycle_anchor: anchor.timestamp }),
    ...(recurring || details.start_date === undefined ? {} : { backdate_start_date: details.start_date }),
    ...(recurring || proration_behavior === undefined ? {} : { proration_behavior }),
    ...(recurring || details.trial_end === undefined ? {} : { trial_end: details.trial_end }),
  });
  return firstDraft(scratch);
};
