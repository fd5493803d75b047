import { needCustomer } from "../../customers/customer.js";
import { finalizeInvoice } from "../../invoices/paying/finalize-invoice.js";
import { defaultMethodOf, payInvoice } from "../../invoices/paying/pay-invoice.js";
import { cardOnFile, namedBy } from "../../methods/on-file.js";
import { refuseOutcome } from "../../payments/refuse-outcome.js";
import { createSetupIntent } from "../../payments/setup-intent.js";
import type { Context } from "../../world/context.js";
import { scratchOf } from "../../world/scratch-world.js";
import { atCustomer } from "../../world/test-clock.js";
import type { Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { checkNewSubscription } from "../changing/check-new-subscription.js";
import { checkOneCurrency } from "../changing/check-one-currency.js";
import { applyOutcome } from "../changing/settle-subscription.js";
import { noDefaultMethod } from "../terms/check-payment-terms.js";
import { announce, type NewSubscription, openSubscription } from "./open-subscription.js";

/** Refuses, before anything is changed, what could only end without the money: it is tried out on a copy. */
const checkPayable = (world: World, ctx: Context, fields: NewSubscription): void => {
  const { payment_behavior = "allow_incomplete", collection_method } = fields;
  if (payment_behavior === "default_incomplete" || collection_method === "send_invoice") return;
  const customer = needCustomer(world, fields.customer);
  const known = cardOnFile(world, fields, namedBy(customer));
  if (known && payment_behavior !== "error_if_incomplete") return;
  const scratch = scratchOf(world);
  const { subscription, invoice } = openSubscription(scratch, ctx, fields);
  finalizeInvoice(scratch, ctx, invoice);
  if (invoice.amount_due === 0) return;
  const method = defaultMethodOf(scratch, subscription);
  if (!method) throw noDefaultMethod();
  if (payment_behavior === "error_if_incomplete")
    refuseOutcome(payInvoice(scratch, ctx, invoice, method, { byMerchant: fields.off_session ?? false }));
};

/** Creates a subscription the way the API does: its first event already shows how the first payment went. */
export const createSubscription = (world: World, now: Context, fields: NewSubscription): Subscription => {
  const ctx = atCustomer(world, now, fields.customer);
  checkOneCurrency(world, fields.customer, checkNewSubscription(world, ctx, fields).currency);
  checkPayable(world, ctx, fields);
  const { subscription, invoice, position } = openSubscription(world, ctx, fields);
  if (subscription.collection_method === "send_invoice") {
    // Nobody is charged: the invoice stays a draft for its hour and is then sent.
    if (subscription.status === "incomplete") subscription.status = "active";
    announce(world, ctx, subscription, position);
    return subscription;
  }
  finalizeInvoice(world, ctx, invoice);
  const method = defaultMethodOf(world, subscription);
  const waits = fields.payment_behavior === "default_incomplete" && invoice.amount_due > 0;
  if (!waits) {
    const outcome = payInvoice(world, ctx, invoice, method, { byMerchant: fields.off_session ?? false });
    applyOutcome(world, subscription, invoice, outcome);
  }
  if (invoice.amount_due === 0 && !method) awaitMethod(world, ctx, subscription);
  announce(world, ctx, subscription, position);
  return subscription;
};

/** With nothing to pay now and no card on file, a setup intent stands by to take one. */
const awaitMethod = (world: World, ctx: Context, subscription: Subscription): void => {
  const intent = createSetupIntent(world, ctx, { customer: subscription.customer as string });
  world.hidden.waiting[intent.id] = { kind: "subscription", subscription: subscription.id };
  subscription.pending_setup_intent = intent.id;
};
