import type { Callback } from "../language/callback.js";
import type { ChangeCause, HistoryEntry } from "../language/history.js";
import type { Currency } from "../language/money.js";
import type { IsoTime } from "../language/time.js";

/** Where facts come from. */
interface FactSource {
  readonly provider: string;
  readonly cause: ChangeCause;
  readonly occurredAt: IsoTime;
  /** When they are stored. */
  readonly at: IsoTime;
}

/**
 * The history's entries for what else is told: money that came in, went back or is contested, and what was bought once.
 * Each fact is kept once, by the id of its callback.
 *
 * @example
 * const at = new Date().toISOString();
 * recordFacts([], { provider: "stripe", cause: { kind: "read" }, occurredAt: at, at }); // []
 */
export function recordFacts(callbacks: readonly Callback[], source: FactSource): readonly HistoryEntry[] {
  return callbacks.flatMap((callback) => {
    const fact = factOf(callback);
    return fact === null ? [] : [toEntry(callback, fact, source)];
  });
}

type Fact = Pick<HistoryEntry, "kind" | "subjectId" | "status"> &
  Partial<Pick<HistoryEntry, "subscriptionId" | "product">>;

function factOf({ id, type, data }: Callback): (Fact & { amount: number; currency: Currency }) | null {
  switch (type) {
    case "payment.succeeded":
    case "payment.failed": {
      const { invoiceId, subscriptionId, amount, currency } = data;
      const status = type === "payment.failed" ? "failed" : "succeeded";
      return { kind: "payment", subjectId: invoiceId ?? id, status, subscriptionId, amount, currency };
    }
    case "refund.pending":
    case "refund.succeeded":
    case "refund.failed": {
      const { refundId: subjectId, subscriptionId, amount, currency } = data;
      return {
        kind: "refund",
        subjectId,
        status: type.slice("refund.".length),
        subscriptionId,
        amount,
        currency,
      };
    }
    case "dispute.opened":
    case "dispute.closed": {
      const { disputeId: subjectId, subscriptionId, amount, currency } = data;
      const status = type === "dispute.opened" ? "opened" : data.status;
      return { kind: "dispute", subjectId, status, subscriptionId, amount, currency };
    }
    case "product.purchased":
    case "product.returned":
    case "product.restored": {
      const { checkoutId: subjectId, productId, quantity, amount, currency } = data;
      const status = type.slice("product.".length);
      return { kind: "purchase", subjectId, status, product: { id: productId, quantity }, amount, currency };
    }
    default:
      return null;
  }
}

function toEntry(
  { id, data }: Callback,
  { subscriptionId = null, product = null, ...fact }: NonNullable<ReturnType<typeof factOf>>,
  { provider, cause, occurredAt, at }: FactSource,
): HistoryEntry {
  const none = { changed: [], mrr: 0, delta: 0, ending: null, trial: null, subscription: null } as const;
  const { customerId } = data;
  return {
    ...none,
    ...fact,
    customerId,
    provider,
    subscriptionId,
    product,
    occurredAt,
    appliedAt: at,
    cause,
    factId: id,
  };
}
