import { grantsOf, isOver } from "../../credits/credit-grant.js";
import { type AppliedTo, credit, debit, leftOf, moneyOf } from "../../credits/credit-ledger.js";
import { covers } from "../../credits/credit-scope.js";
import { type Context, seconds } from "../../world/context.js";
import { find } from "../../world/find.js";
import { touch } from "../../world/touch.js";
import type { CreditBalanceTransaction, CreditGrant, Invoice, InvoiceLine } from "../../world/wire.js";
import type { World } from "../../world/world.js";

const sum = (amounts: readonly { amount: number }[]): number =>
  amounts.reduce((all, { amount }) => all + amount, 0);

/** What discounts have left of a line, and credits so far. */
const openOf = (world: World, line: InvoiceLine): number =>
  line.amount - sum(line.discount_amounts ?? []) - sum(find(world.hidden.creditsOfLine, line.id) ?? []);

const never = Number.POSITIVE_INFINITY;

/**
 * Which grant is used first: the higher priority (the lower number), what ends sooner, what was given for free, what
 * took effect sooner, the older. https://docs.stripe.com/billing/subscriptions/usage-based/billing-credits
 */
const byTurn = (one: CreditGrant, other: CreditGrant): number =>
  (one.priority ?? 0) - (other.priority ?? 0) ||
  Math.sign((one.expires_at ?? never) - (other.expires_at ?? never) || 0) ||
  Number(one.category === "paid") - Number(other.category === "paid") ||
  (one.effective_at ?? 0) - (other.effective_at ?? 0) ||
  one.created - other.created;

const applyGrant = (world: World, ctx: Context, invoice: Invoice, grant: CreditGrant): void => {
  for (const line of invoice.lines.data) {
    const price = find(world.prices, line.pricing?.price_details?.price as string | undefined);
    if (line.parent?.type !== "subscription_item_details" || !price || !covers(grant, price)) continue;
    const amount = Math.min(openOf(world, line), leftOf(world, grant, seconds(ctx)));
    if (amount <= 0) continue;
    const { id } = debit(world, ctx, grant, amount, { invoice: invoice.id, invoice_line_item: line.id });
    world.hidden.creditsOfLine[line.id] = [
      ...(find(world.hidden.creditsOfLine, line.id) ?? []),
      { amount, credit_balance_transaction: id },
    ];
    touch(world, grant.id);
  }
};

/** Pays metered usage with what the customer was granted, when its invoice is finalized: after discounts, before taxes. */
export const applyCredits = (world: World, ctx: Context, invoice: Invoice): void => {
  const grants = grantsOf(world, invoice.customer as string).filter(
    (grant) => moneyOf(grant).currency === invoice.currency && !isOver(grant, seconds(ctx)),
  );
  for (const grant of grants.sort(byTurn)) applyGrant(world, ctx, invoice, grant);
};

/** Gives back what a voided invoice used. */
export const returnCredits = (world: World, ctx: Context, invoice: Invoice): void => {
  for (const line of invoice.lines.data)
    for (const { amount, credit_balance_transaction: id } of find(world.hidden.creditsOfLine, line.id) ??
      []) {
      const used = find<CreditBalanceTransaction>(world.creditBalanceTransactions, id);
      const grant = find<CreditGrant>(world.creditGrants, used?.credit_grant as string | undefined);
      const voided: AppliedTo = { invoice: invoice.id, invoice_line_item: line.id };
      if (grant) credit(world, ctx, grant, amount, { voided });
      if (grant && isOver(grant, seconds(ctx))) debit(world, ctx, grant, amount, "credits_expired");
      if (grant) touch(world, grant.id);
    }
};
