import { intentOf } from "../engine/invoices/paying/invoice-payment.js";
import { find } from "../engine/world/find.js";
import type { Invoice, Subscription } from "../engine/world/wire.js";
import { type Cast, unfit } from "./cast.js";
import type { Judge } from "./cast-subscription.js";

const dateOf = (second: number): string =>
  new Date(second * 1000).toISOString().slice(0, 16).replace("T", " ");

/** The second at which the next period begins: the first one's, where items have periods of their own. */
export const periodEnd = ({ items }: Subscription): number =>
  Math.min(...items.data.map((item) => item.current_period_end));

const waysOut: Partial<Record<Subscription["status"], string>> = {
  trialing: "is in its trial: play `trial_ends` first.",
  past_due:
    "is past due: pay its open invoice first, or give its customer a card that pays and move the clock.",
  unpaid: "is unpaid: pay its latest invoice first.",
  incomplete: "waits for its first payment: pay its invoice first.",
  paused: "is paused: resume it first.",
};

/** Whether a subscription will renew and be charged by itself. */
export const renews: Judge = (subscription) => {
  const { status, cancel_at: ends } = subscription;
  if (status !== "active") return waysOut[status] ?? `is ${status.replaceAll("_", " ")}: give another one.`;
  if (subscription.cancel_at_period_end || (ends !== null && ends <= periodEnd(subscription)))
    return "ends before it renews: undo its cancellation first.";
  if (subscription.collection_method !== "charge_automatically")
    return "sends its invoices: change `collection_method` to `charge_automatically` first.";
  if (subscription.pause_collection) return "does not collect: clear `pause_collection` first.";
  return undefined;
};

/** Refuses a renewal that costs nothing, in which no payment can fail. */
export const needCost = async ({ stage }: Cast, { id }: Subscription): Promise<void> => {
  const next = await stage.ask<Invoice>("POST", "/v1/invoices/create_preview", { subscription: id });
  if (next.amount_due <= 0)
    throw unfit(
      `The next renewal of ${id} asks for nothing (a price of 0, no usage, a discount or a balance), so nothing is ` +
        "charged: give a subscription that costs something.",
    );
};

/** Lets a draft become due and be charged for the first time. */
const collect = ({ stage, customer }: Cast, invoice: Invoice): void => {
  if (invoice.status === "draft" && invoice.automatically_finalizes_at !== null)
    stage.moveTo(customer, invoice.automatically_finalizes_at);
};

/** Lets the next period begin, and its invoice be charged after the hour for which it is a draft. */
export const renew = (cast: Cast, subscription: Subscription): Invoice => {
  const { stage, customer, tell } = cast;
  const before = subscription.latest_invoice;
  stage.moveTo(customer, periodEnd(subscription));
  tell(`Time passed until ${dateOf(stage.now(customer))} UTC, when the next period began.`);
  const invoice = find(stage.world.invoices, subscription.latest_invoice as string | null);
  if (!invoice || invoice.id === before)
    throw unfit(`Subscription ${subscription.id} did not renew: it is ${subscription.status} now.`);
  collect(cast, invoice);
  return invoice;
};

/** Lets the next retry of an open invoice happen; false: none is planned. */
export const retry = ({ stage, customer, tell }: Cast, invoice: Invoice): boolean => {
  const { status, next_payment_attempt: next } = invoice;
  if (status !== "open" || next === null) return false;
  stage.moveTo(customer, next);
  const again =
    find(stage.world.invoices, invoice.id)?.status === "paid" ? "and it was paid" : "and it failed";
  tell(`On ${dateOf(next)} UTC the payment was tried again, ${again}.`);
  return true;
};

/** Why the last payment of an invoice did not succeed, in the issuer's words. */
export const failureOf = ({ stage }: Cast, invoice: Invoice): string => {
  const error = intentOf(stage.world, invoice)?.last_payment_error;
  return error?.message ?? `its invoice ${invoice.id} is ${invoice.status}`;
};
