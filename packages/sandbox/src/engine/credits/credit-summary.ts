import type Stripe from "stripe";
import { needCustomer } from "../customers/customer.js";
import { type Context, seconds } from "../world/context.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { CreditBalanceSummary, CreditGrant, Given } from "../world/wire.js";
import type { World } from "../world/world.js";
import { grantsOf, isOver, needCreditGrant } from "./credit-grant.js";
import { leftOf, moneyOf } from "./credit-ledger.js";
import { checkScope, type Scope } from "./credit-scope.js";

type Asked = Omit<Given<Stripe.Billing.CreditBalanceSummaryRetrieveParams>, "customer_account" | "expand">;

const missingParam = (param: string) =>
  invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);

/** A grant of any metered price pays for the named ones too; of one for some prices, each of those must be named. */
const isWithin = (grant: CreditGrant, scope: Scope): boolean => {
  const own = grant.applicability_config.scope.prices;
  if (scope.price_type !== undefined) return own === undefined;
  return own === undefined || scope.prices?.some(({ id }) => own.some((price) => price.id === id)) === true;
};

const grantsAsked = (world: World, { filter }: Asked, customer: string): CreditGrant[] => {
  if (filter.type === "credit_grant") {
    if (filter.credit_grant === undefined) throw missingParam("filter[credit_grant]");
    const grant = needCreditGrant(world, filter.credit_grant, "filter[credit_grant]");
    return grant.customer === customer ? [grant] : [];
  }
  const scope = filter.applicability_scope;
  if (!scope) throw missingParam("filter[applicability_scope]");
  checkScope(world, scope, "filter[applicability_scope]");
  return grantsOf(world, customer).filter((grant) => isWithin(grant, scope));
};

/** What is left of a customer's grants, by currency. Nothing is on its way here, so both balances are the same. */
export const summarizeCredits = (world: World, given: Context, asked: Asked): CreditBalanceSummary => {
  if (asked.customer === undefined) throw missingParam("customer");
  const { id: customer } = needCustomer(world, asked.customer);
  const now = seconds(atCustomer(world, given, customer));
  const sums = new Map<string, number>();
  for (const grant of grantsAsked(world, asked, customer)) {
    const { currency } = moneyOf(grant);
    sums.set(currency, (sums.get(currency) ?? 0) + (isOver(grant, now) ? 0 : leftOf(world, grant, now)));
  }
  const balances = [...sums].map(([currency, value]) => {
    const balance = { monetary: { currency, value }, type: "monetary" as const };
    return { available_balance: balance, ledger_balance: structuredClone(balance) };
  });
  return {
    object: "billing.credit_balance_summary",
    balances,
    customer,
    customer_account: null,
    livemode: false,
  };
};
