import type { FoundSubscription, ProviderPage } from "@tollgate/core";
import type { CallStripe } from "../client/stripe-client.js";
import { timeOfAnswer } from "../client/time-of-read.js";
import { isMissing } from "../client/to-provider-error.js";
import type { StripeView } from "../language/stripe-view.js";
import { toFoundSubscription } from "./to-found-subscription.js";

const pageSize = 100;
/**
 * A schedule's prices would be a fifth level, and Stripe expands four (https://docs.stripe.com/expand#depth): a
 * subscription with a schedule comes out as `"unreadable"`, as does one that is past due, because its invoices say what
 * was paid.
 */
const expand = ["data.customer", "data.discounts.source.coupon"];

/** Stripe lists the newest first, and what has ended only when asked for. */
export async function listSubscriptions(
  call: CallStripe,
  view: StripeView,
  {
    providerCustomerId,
    after,
  }: { readonly providerCustomerId: string | null; readonly after: string | null },
): Promise<ProviderPage<FoundSubscription>> {
  const params = {
    status: "all" as const,
    limit: pageSize,
    expand,
    ...(providerCustomerId !== null && { customer: providerCustomerId }),
    ...(after !== null && { starting_after: after }),
  };
  const startedAt = performance.now();
  try {
    const page = await call((client) => client.subscriptions.list(params));
    const next = page.has_more ? (page.data.at(-1)?.id ?? null) : null;
    const asOf = timeOfAnswer(page, performance.now() - startedAt);
    return { items: page.data.map((one) => toFoundSubscription(one, view)), next, asOf };
  } catch (error) {
    // Stripe refuses to list for a customer that it does not have.
    if (providerCustomerId === null || after !== null || !isMissing(error)) throw error;
    return { items: [], next: null, asOf: new Date().toISOString() };
  }
}
