import type { Catalog, ProviderChangeOutcome, ProviderChanges } from "@tollgate/core";
import Stripe from "stripe";
import { stripeErrorOf } from "../client/to-provider-error.js";
import { underOwnKey } from "../client/under-own-key.js";
import { idOf } from "../language/id-of.js";
import { metadataKeys } from "../language/names.js";
import {
  behaviorOf,
  type ChangeTerms,
  type ChangeTools,
  itemsAfter,
  readTerms,
  refuseManaged,
  stateOf,
  toSeconds,
  toUpdate,
} from "./change-terms.js";
import { explainRefusal, outdated } from "./explain-refusal.js";
import { toGivenDiscounts } from "./kept-discounts.js";
import { lineOf } from "./line-of.js";
import { releaseSchedule } from "./own-schedule.js";
import { outcomeOf, readPendingInvoice, voidInvoice } from "./pending-payment.js";
import { planNext } from "./schedule-change.js";

type Input = Parameters<ProviderChanges["changeNow"]>[0];

/**
 * Makes a change that takes effect now. A payment that does not succeed leaves the subscription as it was
 * (`pending_if_incomplete`): one that the person has to confirm applies the change once they did, within 23 hours; one
 * that is declined is given up at once.
 */
export async function changeNow(
  tools: ChangeTools,
  input: Input,
  catalog: Catalog,
): Promise<ProviderChangeOutcome> {
  const { call } = tools;
  const terms = await readTerms(tools, input, catalog);
  refuseManaged(terms);
  const state = await stateOf(call, terms);
  const key = `${input.idempotencyKey}:${state}`;
  const waiting = await findWaiting(tools, terms);
  if (waiting !== null) return settle(tools, terms, waiting, key);
  if (!isDone(terms) && input.state !== undefined && input.state !== state) throw outdated();
  if (terms.schedule !== null) await releaseSchedule(call, terms.schedule, key);
  if (isDone(terms)) return { status: "changed" };
  const updated = await update(tools, terms, key, state);
  if (updated.pending_update === null) return { status: "changed" };
  const invoice = await readPendingInvoice(call, updated);
  if (invoice === null) throw outdated();
  return settle(tools, terms, invoice, key);
}

async function update(
  { call }: ChangeTools,
  terms: ChangeTerms,
  idempotencyKey: string,
  state: string,
): Promise<Stripe.Subscription> {
  const { subscription, change } = terms;
  const params: Stripe.SubscriptionUpdateParams = {
    ...toUpdate(terms, behaviorOf(change)),
    ...toGivenDiscounts(terms),
    // No state is left twice, also where nothing is invoiced.
    metadata: { [metadataKeys.change]: state.slice(0, 16) },
    // An invoice that is sent is paid later in any case.
    ...(subscription.collection_method === "charge_automatically" &&
      subscription.managed_payments?.enabled !== true && {
        payment_behavior: "pending_if_incomplete" as const,
      }),
  };
  const request = call((client) => client.subscriptions.update(subscription.id, params, { idempotencyKey }));
  return underOwnKey(
    request.catch((error: unknown) => {
      throw isOtherChange(error) ? outdated(error) : explainRefusal(error);
    }),
  );
}

/** The key is the state that is left: whoever leaves it with other wishes at the same time comes too late. */
function isOtherChange(error: unknown): boolean {
  const cause = stripeErrorOf(error);
  return cause instanceof Stripe.errors.StripeIdempotencyError && cause.statusCode === 400;
}

function isDone({ item, price, usage, addOns, change }: ChangeTerms): boolean {
  const others = [usage.removed, usage.added, addOns.changed, addOns.removed, addOns.added];
  const isRest = others.every((lines) => lines.length === 0);
  return isRest && item.price.id === price && item.quantity === change.to.quantity;
}

/** The invoice of this very change, if it waits for its payment since an earlier call. */
async function findWaiting({ call }: ChangeTools, terms: ChangeTerms): Promise<Stripe.Invoice | null> {
  const { subscription, change } = terms;
  const items = subscription.pending_update?.subscription_items ?? [];
  const pending = items.map(({ price, quantity }) => ({ price: price.id, quantity }));
  if (namesOf(pending) !== namesOf(itemsAfter(terms))) return null;
  const invoice = await readPendingInvoice(call, subscription);
  const from = toSeconds(change.prorateFrom);
  const isSame = invoice?.status === "open" && invoice.lines.data.some(({ period }) => period.start === from);
  return isSame ? invoice : null;
}

/** What lines bill, wherever they stand. */
function namesOf(
  lines: readonly { readonly price: string; readonly quantity?: number | undefined }[],
): string {
  return JSON.stringify(lines.map(({ price, quantity = 0 }) => `${price}:${quantity}`).sort());
}

/** What was scheduled stays if the payment was declined: then nothing has changed. */
async function settle(
  tools: ChangeTools,
  terms: ChangeTerms,
  invoice: Stripe.Invoice,
  idempotencyKey: string,
): Promise<ProviderChangeOutcome> {
  const outcome = outcomeOf(invoice);
  if (outcome.status !== "declined") return outcome;
  await voidInvoice(tools.call, invoice);
  const next = terms.schedule?.phases.find(
    ({ start_date }) => start_date > toSeconds(terms.change.prorateFrom),
  );
  if (next !== undefined) {
    const items = next.items.map(({ price, quantity }) => ({
      line: lineOf(price, tools.names),
      price: idOf(price),
      quantity,
    }));
    const anchor = next.billing_cycle_anchor === "phase_start" && {
      billing_cycle_anchor: "phase_start" as const,
    };
    const discounts = next.discounts.flatMap(({ discount }) => (discount === null ? [] : [idOf(discount)]));
    const again = { items, end_date: next.end_date, discounts, ...anchor };
    await planNext(tools, { ...terms, schedule: null }, again, `${idempotencyKey}:again`);
  }
  return outcome;
}
