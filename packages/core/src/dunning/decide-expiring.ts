import type { ExpiringCallbackData } from "../language/callback.js";
import type { PaymentMethod } from "../language/payment-method.js";
import type { Subscription } from "../language/subscription.js";
import { isLive } from "../language/subscription-predicates.js";
import { addDays } from "../language/time.js";

/** A card that runs out within so many days after a charge can't be charged for the next month. */
const daysAhead = 31;

/**
 * Whether the customer is to hear that what pays for a subscription runs out, before the coming renewal or within a month
 * after it; `null`: no. Once for each card and each month that it runs out in: a card that the bank has renewed is
 * another matter.
 *
 * @param input.method what would be charged next
 * @example
 * function isNews(subscription: Subscription, method: PaymentMethod): boolean {
 *   return decideExpiring({ subscription, method, updateUrl: "https://app.example.com/billing" }) !== null;
 * }
 */
export function decideExpiring(input: {
  readonly subscription: Subscription;
  readonly method: PaymentMethod;
  readonly updateUrl: string;
}): ExpiringCallbackData | null {
  const { subscription, method, updateUrl } = input;
  const { customerId, planId, provider, id: subscriptionId, cancelAt, currentPeriod } = subscription;
  const renewsAt = currentPeriod?.end ?? null;
  if (!isLive(subscription) || cancelAt !== null || renewsAt === null || method.expiresAt === null)
    return null;
  if (method.expiresAt > addDays(renewsAt, daysAhead) || subscription.expiringTold === keyOf(method))
    return null;
  const { expiresAt, brand, last4 } = method;
  const whose = { customerId, planId, provider, subscriptionId, paymentMethodId: method.id };
  return { ...whose, brand, last4, expiresAt, renewsAt, updateUrl };
}

/**
 * The subscription once it is told that its card runs out.
 *
 * @example
 * function afterwards(subscription: Subscription, method: PaymentMethod): Subscription {
 *   return withExpiring(subscription, method);
 * }
 */
export function withExpiring(subscription: Subscription, method: PaymentMethod): Subscription {
  return { ...subscription, expiringTold: keyOf(method) };
}

function keyOf({ id, expiresAt }: PaymentMethod): string {
  return `${id}:${expiresAt}`;
}
