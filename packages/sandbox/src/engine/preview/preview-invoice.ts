import { needCustomer } from "../customers/customer.js";
import { keepPreviewed } from "../discounts/keep-previewed.js";
import { settle } from "../invoices/totals/settle-customer-balance.js";
import { minimumCharge } from "../money/minimum-charge.js";
import { ended } from "../subscriptions/changing/cancel-subscription.js";
import { periodEnd } from "../subscriptions/terms/subscription-period.js";
import { needHeadOffice } from "../tax/tax-settings.js";
import type { Context } from "../world/context.js";
import { find, need } from "../world/find.js";
import { seededIds } from "../world/ids.js";
import { scratchOf } from "../world/scratch-world.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Customer, Invoice, Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";
import { changeInPreview } from "./change-in-preview.js";
import { firstDraft, playUntilInvoice } from "./play-until-invoice.js";
import { nameCustomer, type PreviewFields, prepare } from "./prepare-preview.js";
import { previewItems } from "./preview-items.js";
import { previewNew } from "./preview-new.js";

const check = (world: World, fields: PreviewFields): void => {
  if (fields.automatic_tax?.enabled) needHeadOffice(world);
  const { schedule, subscription, subscription_details, customer, customer_details } = fields;
  if (schedule !== undefined && (subscription !== undefined || subscription_details))
    throw invalidRequest(
      "You cannot pass `schedule` together with `subscription` or `subscription_details`.",
      "parameters_exclusive",
      "schedule",
    );
  const nobody = [schedule, subscription, customer, customer_details].every((one) => one === undefined);
  const nothing = !subscription_details?.items && !fields.invoice_items;
  // Taxes need somebody who pays; plain amounts can be previewed without one.
  if (nobody && (nothing || fields.automatic_tax?.enabled))
    throw invalidRequest(
      "You must specify one of these parameters: customer, customer_details, subscription, schedule.",
      "parameter_missing",
      "customer",
    );
};

/** The subscription that a request means: named, behind a schedule, or the customer's next one to renew. */
const subscriptionFor = (world: World, fields: PreviewFields): Subscription | undefined => {
  if (fields.subscription !== undefined)
    return need(world.subscriptions, "subscription", fields.subscription, "subscription");
  if (fields.schedule !== undefined) {
    const schedule = need(world.subscriptionSchedules, "subscription schedule", fields.schedule, "schedule");
    return find(world.subscriptions, schedule.subscription as string | null);
  }
  if (fields.subscription_details?.items || fields.customer === undefined) return undefined;
  const [next] = Object.values(world.subscriptions)
    .filter((row) => row.customer === fields.customer && !ended(row) && row.status !== "incomplete")
    .sort((one, other) => periodEnd(one) - periodEnd(other));
  return next;
};

/** A draft as the preview shows it: it is stored nowhere, and it says what the balance would be after it. */
const toPreview = (draft: Invoice): Invoice => {
  const id = `upcoming_${draft.id}`;
  return {
    ...draft,
    id,
    billing_reason: "upcoming",
    ending_balance: settle(draft.total, draft.starting_balance, minimumCharge(draft.currency)).ending,
    lines: {
      ...draft.lines,
      data: draft.lines.data.map((line) => ({ ...line, invoice: id })),
      url: `/v1/invoices/${id}/lines`,
    },
    status: "draft",
    webhooks_delivered_at: null,
  };
};

const draftFor = (
  scratch: World,
  ctx: Context,
  fields: PreviewFields,
  customer: Customer,
  subscription: Subscription | undefined,
): Invoice => {
  if (subscription) {
    changeInPreview(scratch, ctx, fields, subscription);
    const draft = firstDraft(scratch) ?? playUntilInvoice(scratch, ctx, subscription.id);
    return draft ?? previewItems(scratch, ctx, fields, customer, subscription);
  }
  const draft = fields.subscription_details?.items && previewNew(scratch, ctx, fields, customer);
  return draft ?? previewItems(scratch, ctx, fields, customer, null);
};

/**
 * The invoice that would come next, if a request's changes were made. They are made, by the same engine, in a
 * scratch world with ids of its own; the real one stays as it is.
 */
export const previewInvoice = (world: World, given: Context, fields: PreviewFields): Invoice => {
  check(world, fields);
  const scratch = scratchOf(world);
  const own = { ...given, ids: seededIds("preview") };
  const subscription = subscriptionFor(scratch, fields);
  const customer = subscription
    ? needCustomer(scratch, subscription.customer as string)
    : nameCustomer(scratch, own, fields);
  const ctx = atCustomer(scratch, own, customer.id);
  prepare(scratch, ctx, fields, customer, subscription);
  scratch.events.length = 0;
  const draft = draftFor(scratch, ctx, fields, customer, subscription);
  keepPreviewed(world, scratch, draft);
  return toPreview(draft);
};
