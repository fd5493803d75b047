import { type Context, seconds } from "../world/context.js";
import { emit } from "../world/emit.js";
import type { CreditBalanceTransaction, CreditGrant } from "../world/wire.js";
import type { World } from "../world/world.js";

type Credit = NonNullable<CreditBalanceTransaction["credit"]>;
type Debit = NonNullable<CreditBalanceTransaction["debit"]>;
export type AppliedTo = { invoice: string; invoice_line_item: string };

/** The monetary amount of a grant; there are no others yet. */
export const moneyOf = ({ amount }: Pick<CreditGrant, "amount">): { currency: string; value: number } =>
  amount.monetary ?? { currency: "usd", value: 0 };

/** What happened to a grant, oldest first. */
export const movesOf = (world: World, grant: string): CreditBalanceTransaction[] =>
  Object.values(world.creditBalanceTransactions).filter((row) => row.credit_grant === grant);

/** What is left of a grant, in the minor unit; 0 before it takes effect. */
export const leftOf = (world: World, grant: CreditGrant, now: number): number =>
  movesOf(world, grant.id)
    .filter((row) => row.effective_at <= now)
    .reduce(
      (sum, { credit, debit }) =>
        sum + (credit?.amount.monetary?.value ?? 0) - (debit?.amount.monetary?.value ?? 0),
      0,
    );

type Move = Pick<CreditBalanceTransaction, "credit" | "debit" | "type"> & { effective_at?: number };

const note = (world: World, ctx: Context, grant: CreditGrant, move: Move): CreditBalanceTransaction => {
  const transaction: CreditBalanceTransaction = {
    id: ctx.ids.id("cbtxn_test"),
    object: "billing.credit_balance_transaction",
    created: seconds(ctx),
    credit_grant: grant.id,
    livemode: false,
    test_clock: grant.test_clock,
    effective_at: seconds(ctx),
    ...move,
  };
  world.creditBalanceTransactions[transaction.id] = transaction;
  emit(world, ctx, "billing.credit_balance_transaction.created", transaction);
  return transaction;
};

const amountOf = (grant: CreditGrant, value: number): Credit["amount"] => ({
  monetary: { currency: moneyOf(grant).currency, value },
  type: "monetary",
});

/** Adds to a grant: at its beginning, or what a voided invoice gives back. */
export const credit = (
  world: World,
  ctx: Context,
  grant: CreditGrant,
  value: number,
  given: { effective_at: number } | { voided: AppliedTo },
): CreditBalanceTransaction =>
  note(world, ctx, grant, {
    credit: {
      amount: amountOf(grant, value),
      credits_application_invoice_voided: "voided" in given ? given.voided : null,
      type: "voided" in given ? "credits_application_invoice_voided" : "credits_granted",
    },
    debit: null,
    type: "credit",
    ...("voided" in given ? {} : given),
  });

/** Takes from a grant: an invoice's line uses it, or what is left of it ends. */
export const debit = (
  world: World,
  ctx: Context,
  grant: CreditGrant,
  value: number,
  why: AppliedTo | Exclude<Debit["type"], "credits_applied">,
): CreditBalanceTransaction =>
  note(world, ctx, grant, {
    credit: null,
    debit: {
      amount: amountOf(grant, value),
      credits_applied: typeof why === "object" ? why : null,
      type: typeof why === "object" ? "credits_applied" : why,
    },
    type: "debit",
  });
