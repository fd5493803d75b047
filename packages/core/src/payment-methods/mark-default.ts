import type { PaymentMethod, SavedPaymentMethod } from "../language/payment-method.js";

/** A subscription that will be charged again, and what it says that it is charged to. */
export interface RenewingSubscription {
  readonly id: string;
  /** `null`: to whatever is its customer's default. */
  readonly paymentMethodId: string | null;
}

/**
 * Says of each way of paying what will be charged to it. The default one is its customer's; where they have none, as after
 * a first checkout, or every subscription names another, as after buying again with a new card, it is what the oldest
 * subscription is charged to.
 *
 * @example
 * function defaultOf(methods: readonly PaymentMethod[], customerDefault: string | null): string | undefined {
 *   return markDefault({ methods, customerDefault, subscriptions: [] }).find(({ isDefault }) => isDefault)?.id;
 * }
 */
export function markDefault(input: {
  readonly methods: readonly PaymentMethod[];
  /** `null`: the customer has none. */
  readonly customerDefault: string | null;
  /** The oldest first. */
  readonly subscriptions: readonly RenewingSubscription[];
}): readonly SavedPaymentMethod[] {
  const { methods, customerDefault, subscriptions } = input;
  const named = subscriptions.map(({ paymentMethodId }) => paymentMethodId);
  const isCharged = named.length === 0 || named.some((one) => one === null || one === customerDefault);
  const standard = (isCharged ? customerDefault : null) ?? named.find((one) => one !== null) ?? null;
  return methods.map((method) => ({
    ...method,
    isDefault: method.id === standard,
    renews: subscriptions
      .filter(({ paymentMethodId }) => (paymentMethodId ?? customerDefault) === method.id)
      .map(({ id }) => id),
  }));
}
