import type { ProductDefinition } from "../catalog/catalog.js";
import type { CreditsTopUp, TopUpAttempt, TopUpTerms, TopUpTrouble } from "../language/top-up.js";
import { availableIn, type CreditsState } from "./credits-state.js";

/** At most one is tried within it, whatever became of it. */
export const topUpWindowMs = 3_600_000;
/** How long one that was begun is left to whoever began it. */
const lookAgainMs = 600_000;

/** The pack as the catalog sells it now. */
export type TopUpProduct = Pick<ProductDefinition, "name" | "price" | "credits">;

/**
 * What somebody chose takes the place of what they had chosen before; `null`: it is switched off. What is being paid
 * goes on, and the window of the latest attempt stays, so that choosing it again and again charges nobody more often.
 *
 * @example
 * function switchOff(state: CreditsState): CreditsState {
 *   return chooseTopUp(state, null);
 * }
 */
export function chooseTopUp(state: CreditsState, terms: TopUpTerms | null): CreditsState {
  const before = state.account.topUp;
  if (terms === null) {
    return before?.active ? withTopUp(state, { ...before, active: false, trouble: null }) : state;
  }
  const kept = before?.currency === terms.currency ? before.spent : { month: monthOf(state), amount: 0 };
  return withTopUp(state, {
    ...{ ...terms, active: true, spent: kept, trouble: null },
    attempt: before?.attempt ?? null,
  });
}

/**
 * Begins a top-up where fewer are available than its customer chose: one in an hour, within the cap, and for no more than
 * was agreed. It is written together with whatever brought the balance there, so that of all requests and instances one
 * begins it.
 *
 * @param product the one that was chosen; `undefined`: the catalog does not have it any more
 * @example
 * function begin(state: CreditsState, product: TopUpProduct): CreditsState {
 *   return decideTopUp(state, "tokens", product);
 * }
 */
export function decideTopUp(
  state: CreditsState,
  credit: string,
  product: TopUpProduct | undefined,
): CreditsState {
  const { topUp } = state.account;
  if (topUp === undefined) return state;
  const { attempt } = topUp;
  if (attempt !== null && isUnderWay(attempt)) {
    if (attempt.dueAt > state.now) return state;
    return withTopUp(state, { ...topUp, attempt: { ...attempt, dueAt: later(state, lookAgainMs) } });
  }
  const isLow = topUp.active && availableIn(state.account) < topUp.threshold;
  const isWithin = attempt !== null && Date.parse(attempt.startedAt) + topUpWindowMs > Date.parse(state.now);
  return isLow && !isWithin ? begin(state, topUp, { credit, product }) : state;
}

function begin(
  state: CreditsState,
  topUp: CreditsTopUp,
  { credit, product }: { readonly credit: string; readonly product: TopUpProduct | undefined },
): CreditsState {
  const { productId, currency, monthlyCap, attempt } = topUp;
  const amount = product?.price[currency];
  const credits = product?.credits?.[credit] ?? 0;
  if (amount === undefined || credits === 0) return end(state, topUp, "not_sold");
  if (amount > topUp.amount) return end(state, topUp, "price_changed");
  const month = monthOf(state);
  const spent = topUp.spent.month === month ? topUp.spent.amount : 0;
  if (spent + amount > monthlyCap) return noteCap(state, topUp, month);
  const begun: TopUpAttempt = {
    ...{ number: (attempt?.number ?? 0) + 1, startedAt: state.now, productId, currency, amount, credits },
    ...{
      description: product?.name ?? productId,
      state: "open",
      invoiceId: null,
      dueAt: later(state, lookAgainMs),
    },
  };
  const after = { month, amount: spent + amount };
  return withTopUp(state, { ...topUp, spent: after, attempt: begun, trouble: null });
}

/** Once a month: it stays switched on. */
function noteCap(state: CreditsState, topUp: CreditsTopUp, month: string): CreditsState {
  const { trouble } = topUp;
  if (trouble?.reason === "cap_reached" && trouble.at.startsWith(month)) return state;
  return withTopUp(state, { ...topUp, trouble: { reason: "cap_reached", detail: null, at: state.now } });
}

function end(state: CreditsState, topUp: CreditsTopUp, reason: TopUpTrouble): CreditsState {
  return withTopUp(state, { ...topUp, active: false, trouble: { reason, detail: null, at: state.now } });
}

/**
 * Whether it is not known yet what becomes of it.
 *
 * @example
 * function isSettled({ attempt }: CreditsTopUp): boolean {
 *   return attempt === null || !isUnderWay(attempt);
 * }
 */
export function isUnderWay({ state }: TopUpAttempt): boolean {
  return state !== "paid" && state !== "failed";
}

export function withTopUp(state: CreditsState, topUp: CreditsTopUp): CreditsState {
  return { ...state, account: { ...state.account, topUp } };
}

export function later({ now }: CreditsState, ms: number): string {
  return new Date(Date.parse(now) + ms).toISOString();
}

export function monthOf({ now }: Pick<CreditsState, "now">): string {
  return now.slice(0, "2026-11".length);
}
