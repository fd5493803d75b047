import type { Catalog, CheckoutOffer, ProviderPriceMigrations } from "@tollgate/core";
import type Stripe from "stripe";
import { underOwnKey } from "../client/under-own-key.js";
import { endedError, isOver } from "../language/ended.js";
import { planOfPrice } from "../language/names.js";
import { type ChangeTools, readScheduled, toSeconds } from "./change-terms.js";
import { outdated } from "./explain-refusal.js";
import { findOwnSchedule, releaseSchedule } from "./own-schedule.js";

type Input = Parameters<ProviderPriceMigrations["move"]>[0];

/**
 * Gives a line another price without proration: it is billed with the next invoice, and the running period stays as it
 * was paid for (https://docs.stripe.com/billing/subscriptions/prorations#disable-prorations). A schedule could change it
 * at the renewal itself, but it has to name the price of the running phase once more, and where Stripe takes prices it
 * takes active ones: the old price was archived when the new one was pushed.
 */
export async function movePrice(tools: ChangeTools, input: Input, catalog: Catalog): Promise<void> {
  const { call, names } = tools;
  const { subscription: ref, fromPriceId, toPriceId, renewsAt, idempotencyKey } = input;
  const subscription = await readScheduled(call, ref.id);
  if (isOver(subscription)) throw endedError();
  const schedule = findOwnSchedule(subscription, names);
  const item = subscription.items.data.find(({ price }) => [fromPriceId, toPriceId].includes(price.id));
  if (item === undefined || item.current_period_end !== toSeconds(renewsAt)) throw outdated();
  if (item.price.id === toPriceId) return;
  // The invoice of another change waits to be paid, and would make that change.
  if (subscription.pending_update !== null) throw outdated();
  const params: Stripe.SubscriptionUpdateParams = {
    items: [
      // Left out, the quantity would be what the new price begins with.
      { id: item.id, price: toPriceId, ...(item.quantity !== undefined && { quantity: item.quantity }) },
      ...(await findUsage(tools, input, item, catalog)),
    ],
    proration_behavior: "none",
  };
  // Nothing is ahead of it: what waits for the renewal was looked at before.
  if (schedule !== null) await releaseSchedule(call, schedule, idempotencyKey);
  await underOwnKey(call((client) => client.subscriptions.update(ref.id, params, { idempotencyKey })));
}

/** Who stays on their plan keeps its lines for use, with what they cost. */
async function findUsage(
  { prices, names }: ChangeTools,
  { to, database }: Input,
  item: Stripe.SubscriptionItem,
  catalog: Catalog,
): Promise<readonly { readonly price: string }[]> {
  if (planOfPrice(item.price, names)?.planId === to.planId) return [];
  const offer: CheckoutOffer = { kind: "subscription", ...to, trialDays: 0 };
  const counted = await prices.findUsage(offer, catalog, database);
  return counted.map(({ id: price }) => ({ price }));
}
