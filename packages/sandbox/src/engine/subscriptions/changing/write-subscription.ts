import { setDiscounts } from "../../discounts/set-discounts.js";
import { needTaxRates } from "../../tax/need-tax-rates.js";
import type { Context } from "../../world/context.js";
import { mergeMetadata } from "../../world/metadata.js";
import type { Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { cardOptionsOf, invoiceSettingsOf } from "../terms/new-subscription.js";
import type { SubscriptionFields } from "./check-update.js";

const writeCollection = (draft: Subscription, fields: SubscriptionFields): void => {
  const { collection_method, days_until_due, pause_collection } = fields;
  if (collection_method) draft.collection_method = collection_method;
  if (days_until_due !== undefined) draft.days_until_due = days_until_due;
  if (draft.collection_method === "charge_automatically") draft.days_until_due = null;
  if (pause_collection !== undefined)
    draft.pause_collection = pause_collection && {
      behavior: pause_collection.behavior,
      resumes_at: pause_collection.resumes_at ?? null,
    };
};

const writeSettings = (draft: Subscription, fields: SubscriptionFields): void => {
  const ending = fields.trial_settings?.end_behavior;
  if (ending)
    draft.trial_settings = {
      end_behavior: {
        billing_cycle_anchor:
          ending.billing_cycle_anchor ?? draft.trial_settings?.end_behavior.billing_cycle_anchor ?? "now",
        missing_payment_method:
          ending.missing_payment_method ??
          draft.trial_settings?.end_behavior.missing_payment_method ??
          "create_invoice",
      },
    };
  const { payment_settings: payment, automatic_tax: tax } = fields;
  if (payment && draft.payment_settings) {
    const { save_default_payment_method: save, payment_method_types: types } = payment;
    if (save) draft.payment_settings.save_default_payment_method = save;
    if (types !== undefined) draft.payment_settings.payment_method_types = types;
    const { payment_method_options: options } = payment;
    if (options !== undefined) draft.payment_settings.payment_method_options = cardOptionsOf(options);
  }
  if (tax)
    draft.automatic_tax = {
      disabled_reason: null,
      enabled: tax.enabled,
      liability: tax.enabled ? { type: "self" } : null,
    };
  if (fields.invoice_settings)
    draft.invoice_settings = invoiceSettingsOf(fields.invoice_settings, draft.invoice_settings);
};

const writeConnect = (draft: Subscription, fields: SubscriptionFields): void => {
  const { application_fee_percent: fee, on_behalf_of: account, transfer_data: transfer } = fields;
  if (fee !== undefined) draft.application_fee_percent = fee;
  if (account !== undefined) draft.on_behalf_of = account || null;
  if (transfer !== undefined)
    draft.transfer_data = transfer && {
      amount_percent: transfer.amount_percent ?? null,
      destination: transfer.destination,
    };
  const { pending_invoice_item_interval: interval } = fields;
  if (interval !== undefined)
    draft.pending_invoice_item_interval = interval && {
      interval: interval.interval,
      interval_count: interval.interval_count ?? 1,
    };
};

/** Writes what costs nothing in itself. */
export const writePlain = (
  world: World,
  ctx: Context,
  draft: Subscription,
  fields: SubscriptionFields,
): void => {
  draft.metadata = mergeMetadata(draft.metadata, fields.metadata);
  if (fields.description !== undefined) draft.description = fields.description || null;
  if (fields.default_payment_method !== undefined)
    draft.default_payment_method = fields.default_payment_method || null;
  if (fields.default_source !== undefined) draft.default_source = fields.default_source || null;
  if (fields.default_tax_rates !== undefined)
    draft.default_tax_rates = needTaxRates(world, fields.default_tax_rates, "default_tax_rates");
  writeCollection(draft, fields);
  writeSettings(draft, fields);
  writeConnect(draft, fields);
  const { customer, currency } = draft;
  setDiscounts(world, ctx, { object: draft, customer: customer as string, currency }, fields.discounts);
};
