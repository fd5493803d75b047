import fc from "fast-check";
import { anything } from "./odd-values.js";

/** One of the provider's events as plain data. */
export interface FuzzEvent {
  readonly index: number;
  readonly changes: readonly { readonly walk: readonly number[]; readonly to: unknown }[];
  readonly type: string | null;
  /** The same id again is a replay. */
  readonly fresh: boolean;
  readonly signed: "well" | "late" | "by a stranger" | "not" | "for other bytes";
}

/** Types that change something, on whatever object the event happens to carry. */
const eventType = fc.constantFrom(
  "customer.subscription.created",
  "customer.subscription.updated",
  "customer.subscription.deleted",
  "customer.subscription.trial_will_end",
  "customer.subscription.paused",
  "customer.deleted",
  "checkout.session.completed",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
  "invoice.paid",
  "invoice.payment_failed",
  "invoice.payment_action_required",
  "charge.refunded",
  "refund.created",
  "refund.failed",
  "charge.dispute.created",
  "radar.early_fraud_warning.created",
  "v1.customer.subscription.updated",
  "nothing.that.exists",
  "__proto__",
);

/** As it came, or again under another id. */
const genuine: fc.Arbitrary<FuzzEvent> = fc.record({
  index: fc.nat(1_000),
  changes: fc.constant([]),
  type: fc.constant(null),
  fresh: fc.boolean(),
  signed: fc.constant("well" as const),
});

const mangled: fc.Arbitrary<FuzzEvent> = fc.record({
  index: fc.nat(1_000),
  changes: fc.array(
    fc.record({
      walk: fc.array(fc.nat(50), { maxLength: 6 }),
      to: fc.oneof(anything, fc.constant(undefined)),
    }),
    { maxLength: 3 },
  ),
  type: fc.option(eventType, { freq: 3 }),
  fresh: fc.boolean(),
  signed: fc.oneof(
    { weight: 12, arbitrary: fc.constant("well" as const) },
    { weight: 1, arbitrary: fc.constantFrom("late", "by a stranger", "not", "for other bytes") },
  ),
});

export const fuzzEvent = fc.oneof({ weight: 1, arbitrary: genuine }, { weight: 2, arbitrary: mangled });
