import { defaultCreditsPriority } from "../catalog/credits-definition.js";
import { addDays, type IsoTime } from "../language/time.js";
import type { CreditsTopUp, TopUpAttempt, TopUpTrouble } from "../language/top-up.js";
import type { CreditsState } from "./credits-state.js";
import { decideCreditsGrant } from "./decide-credits-grant.js";
import { isUnderWay, later, monthOf, topUpWindowMs, withTopUp } from "./decide-top-up.js";

/** What became of the payment of a top-up. */
export type TopUpOutcome =
  | { readonly kind: "paid" | "processing" | "requires_action"; readonly invoiceId: string }
  | {
      readonly kind: "failed";
      readonly reason: TopUpTrouble;
      readonly detail: string | null;
      readonly invoiceId: string | null;
    };

/** How long a customer has to answer their bank. */
export const topUpConfirmMs = 86_400_000;

/**
 * The id of what a top-up grants.
 *
 * @example
 * topUpGrantId({ provider: "stripe", invoiceId: "in_1" }); // "top_up:stripe:in_1"
 */
export function topUpGrantId({
  provider,
  invoiceId,
}: {
  readonly provider: string;
  readonly invoiceId: string;
}): string {
  return `top_up:${provider}:${invoiceId}`;
}

/**
 * Writes down what became of a top-up's payment: what was paid grants its credits, once; what failed switches it off and
 * counts towards no cap. Told again, or late, it changes nothing.
 *
 * @example
 * function pay(state: CreditsState): CreditsState {
 *   const outcome = { kind: "paid", invoiceId: "in_1" } as const;
 *   return settleTopUp(state, { number: 1, provider: "stripe", outcome, expireAfterDays: undefined });
 * }
 */
export function settleTopUp(
  state: CreditsState,
  told: {
    /** The attempt's. */
    readonly number: number;
    readonly provider: string;
    readonly outcome: TopUpOutcome;
    /** The product's `creditsExpireAfterDays`. */
    readonly expireAfterDays: number | undefined;
  },
): CreditsState {
  const { topUp } = state.account;
  const attempt = topUp?.attempt ?? null;
  if (topUp === undefined || attempt === null || attempt.number !== told.number) return state;
  if (!isUnderWay(attempt)) return state;
  const { outcome } = told;
  const { kind, invoiceId } = outcome;
  const after: TopUpAttempt = { ...attempt, state: kind, invoiceId: invoiceId ?? attempt.invoiceId };
  if (kind === "paid")
    return grantPaid(withTopUp(state, { ...topUp, attempt: after, trouble: null }), after, told);
  if (kind === "failed") return fail(state, topUp, after, outcome);
  if (kind === "processing") {
    return withTopUp(state, { ...topUp, attempt: { ...after, dueAt: later(state, topUpWindowMs) } });
  }
  if (attempt.state === kind) return state;
  const trouble = { reason: "action_required", detail: null, at: state.now } as const;
  return withTopUp(state, { ...topUp, attempt: { ...after, dueAt: later(state, topUpConfirmMs) }, trouble });
}

function fail(
  state: CreditsState,
  topUp: CreditsTopUp,
  attempt: TopUpAttempt,
  { reason, detail }: Extract<TopUpOutcome, { kind: "failed" }>,
): CreditsState {
  const { spent } = topUp;
  const isOfMonth = spent.month === monthOf({ now: attempt.startedAt });
  return withTopUp(state, {
    ...{ ...topUp, active: false, attempt, trouble: { reason, detail, at: state.now } },
    spent: isOfMonth ? { ...spent, amount: Math.max(0, spent.amount - attempt.amount) } : spent,
  });
}

function grantPaid(
  state: CreditsState,
  { productId, credits, invoiceId, startedAt }: TopUpAttempt,
  { provider, expireAfterDays }: { readonly provider: string; readonly expireAfterDays: number | undefined },
): CreditsState {
  if (invoiceId === null) return state;
  return decideCreditsGrant(state, {
    id: topUpGrantId({ provider, invoiceId }),
    source: { kind: "top_up", provider, invoiceId, productId },
    ...{ amount: credits, priority: defaultCreditsPriority, reason: null },
    expiresAt: expiryOf(startedAt, expireAfterDays),
  }).state;
}

function expiryOf(startedAt: IsoTime, days: number | undefined): IsoTime | null {
  return days === undefined ? null : addDays(startedAt, days);
}
