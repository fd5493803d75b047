import { markDefault, type RenewingSubscription, type SavedPaymentMethod } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing } from "../client/to-provider-error.js";
import { idOf, idOrNull } from "../language/id-of.js";
import { toPaymentMethod } from "../subscriptions/read-payment-method.js";

/** What is on file for a customer (https://docs.stripe.com/api/payment_methods/customer_list), the newest first. */
export async function fetchPaymentMethods(
  call: CallStripe,
  { providerCustomerId }: { readonly providerCustomerId: string },
): Promise<readonly SavedPaymentMethod[]> {
  try {
    const customer = await call((client) => client.customers.retrieve(providerCustomerId));
    if (customer.deleted) return [];
    const { data } = await call((client) =>
      client.customers.listPaymentMethods(providerCustomerId, { limit: 100 }),
    );
    const running = await listChargeable(call, providerCustomerId);
    return markDefault({
      methods: data.map(toPaymentMethod),
      customerDefault:
        idOrNull(customer.invoice_settings.default_payment_method) ?? idOrNull(customer.default_source),
      subscriptions: running.filter(renews).map(toRenewing).reverse(),
    });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** What a customer subscribes to and has not ended, the newest first. */
export async function listChargeable(
  call: CallStripe,
  customer: string,
): Promise<readonly Stripe.Subscription[]> {
  const params = { customer, limit: 100, expand: ["data.schedule"] };
  const { data } = await call((client) => client.subscriptions.list(params));
  return data.filter(({ status }) => status !== "incomplete_expired");
}

/** What a subscription is charged to, before its customer's default. */
export function namedBy({ default_payment_method, default_source }: Stripe.Subscription): string | null {
  return idOrNull(default_payment_method) ?? idOrNull(default_source);
}

/**
 * Whether it will be charged again by itself. A pause in full charges nothing until somebody resumes it, and an end that
 * comes before the next invoice leaves none.
 */
export function renews(
  subscription: Pick<Stripe.Subscription, "status" | "cancel_at" | "cancel_at_period_end"> & {
    readonly items: { readonly data: readonly Pick<Stripe.SubscriptionItem, "current_period_end">[] };
  },
): boolean {
  const { status, cancel_at, cancel_at_period_end, items } = subscription;
  if (!charged.has(status) || cancel_at_period_end) return false;
  const next = Math.min(...items.data.map(({ current_period_end }) => current_period_end));
  return cancel_at === null || cancel_at > next;
}

/** https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses */
const charged: ReadonlySet<string> = new Set(["active", "trialing", "past_due", "unpaid"]);

function toRenewing(subscription: Stripe.Subscription): RenewingSubscription {
  return { id: idOf(subscription), paymentMethodId: namedBy(subscription) };
}
