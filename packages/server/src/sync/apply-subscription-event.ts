import {
  decideEvent,
  decideEventRead,
  type EventFacts,
  type EventHead,
  type PaymentEvent,
  type ProviderRead,
  type ProviderSubscription,
  type SubscriptionEvent,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import type { EventOutcome } from "./event-head.js";
import { keepReceived } from "./keep-event.js";
import { type EventPlan, settleEvent } from "./settle-event.js";

/**
 * Applies what an event of a subscription or a payment says or, where only the provider knows, what the provider says.
 */
export function applySubscriptionEvent(
  context: BillingContext,
  event: SubscriptionEvent | PaymentEvent,
): Promise<EventOutcome> {
  const decide = (facts: EventFacts) => decideEvent(event, facts, context.provider.events.clock);
  const plan = (facts: EventFacts, head: EventHead) => {
    const decision = decide(facts);
    return decision.action === "reread" ? planFromProvider(context, event, facts, head) : { decision };
  };
  return settleEvent(context, event, plan, decide);
}

/**
 * The facts are read before the provider is asked, and what follows is written only if they are still true: so the
 * answer is the newer state, even within one second.
 */
async function planFromProvider(
  context: BillingContext,
  event: SubscriptionEvent | PaymentEvent,
  facts: EventFacts,
  head: EventHead,
): Promise<EventPlan> {
  const { subscriptionId, providerCustomerId } = event;
  if (subscriptionId === null) throw new Error("Only an event of a subscription needs the provider.");
  await keepReceived(context, event, head, facts);
  const read = await context.provider.subscriptions.read({ id: subscriptionId, providerCustomerId });
  const customerId = facts.customerId ?? (await findOwner(context, event, read));
  const decision = decideEventRead(event, read, { ...facts, customerId });
  if (decision.action === "reread") throw new Error("The provider has told all that it can.");
  return { decision, stamp: read.stamp };
}

/** Whose it is, where the event did not name the customer. */
async function findOwner(
  context: BillingContext,
  event: SubscriptionEvent | PaymentEvent,
  { value }: ProviderRead<ProviderSubscription | "foreign" | null>,
): Promise<string | null> {
  if (event.providerCustomerId !== null || value === null || value === "foreign") return null;
  const { store } = context;
  const customer = await store.findCustomerByProviderId(value.providerCustomerId, event.provider);
  return customer?.customerId ?? null;
}
