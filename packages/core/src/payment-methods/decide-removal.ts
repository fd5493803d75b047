import { BillingError } from "../language/errors.js";
import type { SavedPaymentMethod } from "../language/payment-method.js";

/** What is taken away, and what pays in its place. */
export interface PaymentMethodRemoval {
  readonly id: string;
  /** `null`: nothing has to. */
  readonly successor: string | null;
}

/**
 * Whether a way of paying can be taken away. Where a subscription would be charged to it, another that is on file takes its
 * place: the default one, otherwise the newest, and never one that has run out.
 *
 * @throws BillingError `not_found`; `payment_method_in_use` where there is no other
 * @example
 * function isSpare(methods: readonly SavedPaymentMethod[], id: string): boolean {
 *   return decideRemoval({ methods, id, now: new Date() }).successor === null;
 * }
 */
export function decideRemoval(input: {
  /** All that the customer has on file. */
  readonly methods: readonly SavedPaymentMethod[];
  readonly id: string;
  readonly now: Date;
}): PaymentMethodRemoval {
  const { methods, id, now } = input;
  const { renews } = findPaymentMethod(methods, id);
  if (renews.length === 0) return { id, successor: null };
  const [successor] = methods
    .filter((one) => one.id !== id && (one.expiresAt === null || Date.parse(one.expiresAt) > now.getTime()))
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || timeOf(b) - timeOf(a));
  if (successor !== undefined) return { id, successor: successor.id };
  throw new BillingError(
    "payment_method_in_use",
    "This pays for a running subscription. Add another first, or cancel the subscription.",
  );
}

/** @throws BillingError `not_found`: there is none of this id, or it is somebody else's */
function findPaymentMethod(methods: readonly SavedPaymentMethod[], id: string): SavedPaymentMethod {
  const found = methods.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new BillingError("not_found", "There is no such payment method.");
}

function timeOf({ createdAt }: SavedPaymentMethod): number {
  return createdAt === null ? 0 : Date.parse(createdAt);
}
