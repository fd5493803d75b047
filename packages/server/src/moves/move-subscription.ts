import { BillingError, decideMove, type Job, type Move, type Subscription } from "@tollgate/core";
import { closeCheckout } from "../checkouts/close-checkout.js";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { checkCustomerId } from "../customers/billing-customers.js";
import type { CustomersContext } from "../customers/identify-customer.js";
import { readTruth } from "../endings/read-managed.js";

/** What became of a move. */
export interface MoveResult {
  /** `unchanged`: it was theirs already. */
  readonly outcome: "moved" | "unchanged";
  /** As it is stored now. */
  readonly subscription: Subscription;
}

/** Gives subscriptions to other customers; called by your own server code. */
export interface SubscriptionMoves {
  /**
   * Gives a subscription to another of your customers, such as a person's to their organisation: access follows at once
   * for both. With it goes the provider's customer who is billed, since none of them gives one to another: card, credit,
   * invoices and what they subscribed to before, so a trial that was used is used for the new one, too. What was counted
   * of metered features follows and is added, so that nobody starts a period anew by moving; what was bought once stays.
   * Open checkouts of the two are closed. Who may do what stays what `identify` says. Safe to call again.
   *
   * @throws BillingError `nothing_to_manage` for a subscription that is not theirs, `subscription_ended`,
   * `subscription_incomplete`; `already_subscribed` when the other has one of that plan group; `too_many_subscriptions`
   * when something else is billed with it, or to the other at the same provider (`details.subscriptions`);
   * `not_supported`, `invalid_customer_id`, `provider_unavailable`, `store_unavailable`
   * @example
   * const { outcome } = await billing.subscriptions.move({ subscriptionId: "sub_1", from: "user_1", to: "org_1" });
   */
  readonly move: (move: Move) => Promise<MoveResult>;
}

/** The moves as a part of `billing.subscriptions`. */
export function createSubscriptionMoves({
  open,
  checkCredentials,
}: {
  readonly open: () => Promise<CustomersContext>;
  /** @throws BillingError `invalid_options` where production lacks a credential */
  readonly checkCredentials: () => void;
}): SubscriptionMoves {
  return {
    async move(wish) {
      checkCredentials();
      checkCustomerId(wish.from);
      checkCustomerId(wish.to);
      return moveSubscription(await open(), wish);
    },
  };
}

/** In one step of the store, which also sees to it that the provider's customer is given the new name. */
async function moveSubscription(everyone: CustomersContext, move: Move): Promise<MoveResult> {
  const { store } = everyone;
  const context = atProvider(everyone, await findProvider(everyone, move));
  if (context.provider.customers.kind === "same_as_app") {
    const details = { provider: context.provider.id };
    throw new BillingError("not_supported", "The payment provider bills under your own ids.", { details });
  }
  // By what the provider has now: what it ended must not be given to anybody.
  await readTruth(context, move.subscriptionId);
  const decide = (facts: Pick<Parameters<typeof decideMove>[0], "ofFrom" | "ofTo">) =>
    decideMove({ ...move, ...facts });
  const known = await readBoth(context, move);
  if (decide(known) !== null) await closeCheckouts(everyone, move);
  const outcome = await store.moveSubscription({ ...move, at: context.clock().toISOString() }, decide);
  await store.announceChanges();
  const { subscription } = await readTruth(context, move.subscriptionId);
  return { outcome, subscription };
}

async function readBoth({ store }: BillingContext, { from, to }: Move) {
  return { ofFrom: await store.listSubscriptions(from), ofTo: await store.listSubscriptions(to) };
}

/** @throws BillingError `nothing_to_manage` */
async function findProvider(everyone: BillingContext, move: Move): Promise<string> {
  const { ofFrom, ofTo } = await readBoth(everyone, move);
  const meant = [...ofFrom, ...ofTo].find(({ id }) => id === move.subscriptionId);
  if (meant !== undefined) return meant.provider;
  throw new BillingError("nothing_to_manage", "This customer has no such subscription.");
}

/** What is open would be paid by a customer who is somebody else's by then. */
async function closeCheckouts(everyone: BillingContext, { from, to }: Move): Promise<void> {
  for (const customerId of [from, to]) {
    for (const record of await everyone.store.listOpenCheckouts(customerId))
      await closeCheckout(everyone, record);
  }
}

/** Only a store that was lost would read the name, so it is left there in the background. */
export async function nameCustomer(
  everyone: CustomersContext,
  { provider, providerCustomerId }: Extract<Job, { type: "name_customer" }>,
): Promise<void> {
  // Another instance, of another release, may have that provider.
  if (everyone.providers.find(provider) === null) return;
  const { customers } = atProvider(everyone, provider).provider;
  const owner = await everyone.store.findCustomerByProviderId(providerCustomerId, provider);
  if (customers.kind !== "made_first" || owner === null) return;
  const { database } = await everyone.bindDatabase();
  const { customerId } = owner;
  await customers.claim({ customerId, providerCustomerId, subscriptionId: null, database });
}
