import type Stripe from "stripe";
import { needCustomer } from "../customers/customer.js";
import { checkCount } from "../world/check-limits.js";
import { type Context, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { need } from "../world/find.js";
import { mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { CreditGrant, Given } from "../world/wire.js";
import type { World } from "../world/world.js";
import { credit, debit, leftOf, movesOf } from "./credit-ledger.js";
import { checkScope, type Scope } from "./credit-scope.js";

export type NewCreditGrant = Omit<
  Given<Stripe.Billing.CreditGrantCreateParams>,
  "customer_account" | "expand"
>;
export type CreditGrantFields = Omit<Given<Stripe.Billing.CreditGrantUpdateParams>, "expand">;

/** https://docs.stripe.com/billing/subscriptions/usage-based/billing-credits */
const mostUnused = 100;
/** https://docs.stripe.com/api/billing/credit-grant/create#create_billing_credit_grant-priority */
const usualPriority = 50;

/** A grant, or Stripe's refusal. */
export const needCreditGrant = (world: World, id: string, param = "id"): CreditGrant =>
  need<CreditGrant>(world.creditGrants, "credit grant", id, param);

/** The grants of a customer, oldest first. */
export const grantsOf = (world: World, customer: string): CreditGrant[] =>
  Object.values(world.creditGrants).filter((grant) => grant.customer === customer);

const missingParam = (param: string) =>
  invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);

const checkPriority = (priority: number | undefined): void => {
  if (priority === undefined || (priority >= 0 && priority <= 100)) return;
  throw invalidRequest(
    `This value must be ${priority < 0 ? "greater than or equal to 0" : "less than or equal to 100"}.`,
    "parameter_invalid_integer",
    "priority",
  );
};

const checkEnd = (end: number | null | undefined, after: number): void => {
  if (end != null && end <= after)
    throw invalidRequest(
      "The `expires_at` date must be in the future, and after `effective_at`.",
      undefined,
      "expires_at",
    );
};

const amountOf = (given: NewCreditGrant["amount"]): { currency: string; value: number } => {
  if (!given.monetary) throw missingParam("amount[monetary]");
  if (given.monetary.value < 1)
    throw invalidRequest(
      "This value must be greater than or equal to 1.",
      "parameter_invalid_integer",
      "amount[monetary][value]",
    );
  return { currency: given.monetary.currency.toLowerCase(), value: given.monetary.value };
};

const checkRoom = (world: World, customer: string, now: number): void => {
  const unused = grantsOf(world, customer).filter(
    (grant) => !isOver(grant, now) && leftOf(world, grant, now) > 0,
  );
  if (unused.length < mostUnused) return;
  throw invalidRequest(
    `A customer can have at most ${mostUnused} unused credit grants.`,
    undefined,
    "customer",
  );
};

/** Whether a grant is voided or expired. */
export const isOver = (grant: CreditGrant, now: number): boolean =>
  grant.voided_at !== null || (grant.expires_at !== null && grant.expires_at <= now);

/** Gives a customer money that pays for metered usage alone. */
export const createCreditGrant = (world: World, given: Context, fields: NewCreditGrant): CreditGrant => {
  if (fields.customer === undefined) throw missingParam("customer");
  const customer = needCustomer(world, fields.customer);
  const ctx = atCustomer(world, given, customer.id);
  const now = seconds(ctx);
  const monetary = amountOf(fields.amount);
  const scope: Scope = fields.applicability_config.scope;
  checkCount(scope.prices, 20, "applicability_config[scope][prices]");
  checkScope(world, scope, "applicability_config[scope]");
  checkPriority(fields.priority);
  const effective = Math.max(now, fields.effective_at ?? now);
  checkEnd(fields.expires_at, effective);
  checkRoom(world, customer.id, now);
  const grant: CreditGrant = {
    id: ctx.ids.id("credgr_test"),
    object: "billing.credit_grant",
    amount: { monetary, type: "monetary" },
    applicability_config: { scope: structuredClone(scope) },
    category: fields.category ?? "paid",
    created: now,
    customer: customer.id,
    customer_account: null,
    effective_at: effective,
    expires_at: fields.expires_at ?? null,
    livemode: false,
    metadata: mergeMetadata({}, fields.metadata),
    name: fields.name ?? null,
    priority: fields.priority ?? usualPriority,
    test_clock: customer.test_clock ?? null,
    updated: now,
    voided_at: null,
  };
  world.creditGrants[grant.id] = grant;
  emit(world, ctx, "billing.credit_grant.created", grant);
  credit(world, ctx, grant, monetary.value, { effective_at: effective });
  return grant;
};

const rewrite = (
  world: World,
  ctx: Context,
  grant: CreditGrant,
  apply: (draft: CreditGrant) => void,
): CreditGrant =>
  change(world, ctx, "billing.credit_grant.updated", grant, (draft) => {
    apply(draft);
    draft.updated = seconds(ctx);
  });

const needRunning = (world: World, given: Context, id: string): { grant: CreditGrant; ctx: Context } => {
  const grant = needCreditGrant(world, id);
  const ctx = atCustomer(world, given, grant.customer as string);
  if (!isOver(grant, seconds(ctx))) return { grant, ctx };
  const how = grant.voided_at === null ? "expired" : "voided";
  throw invalidRequest(`The credit grant ${id} has been ${how} and can't be changed any more.`);
};

/** Changes when a grant ends, or its metadata. */
export const updateCreditGrant = (
  world: World,
  given: Context,
  id: string,
  fields: CreditGrantFields,
): CreditGrant => {
  const { grant, ctx } = needRunning(world, given, id);
  checkEnd(fields.expires_at, Math.max(seconds(ctx), grant.effective_at ?? 0));
  return rewrite(world, ctx, grant, (draft) => {
    if (fields.expires_at !== undefined) draft.expires_at = fields.expires_at;
    draft.metadata = mergeMetadata(draft.metadata, fields.metadata);
  });
};

/** Takes away what is left of a grant whose time has come. */
export const endCreditGrant = (world: World, ctx: Context, grant: CreditGrant): void => {
  const left = leftOf(world, grant, seconds(ctx));
  if (left > 0) debit(world, ctx, grant, left, "credits_expired");
};

/** Ends a grant now. */
export const expireCreditGrant = (world: World, given: Context, id: string): CreditGrant => {
  const { grant, ctx } = needRunning(world, given, id);
  rewrite(world, ctx, grant, (draft) => {
    draft.expires_at = seconds(ctx);
  });
  endCreditGrant(world, ctx, grant);
  return grant;
};

/** Takes back a grant of which nothing was used. */
export const voidCreditGrant = (world: World, given: Context, id: string): CreditGrant => {
  const { grant, ctx } = needRunning(world, given, id);
  if (movesOf(world, id).some(({ debit: taken }) => taken?.type === "credits_applied"))
    throw invalidRequest(
      `The credit grant ${id} has been applied to an invoice and can't be voided. Expire it instead.`,
    );
  rewrite(world, ctx, grant, (draft) => {
    draft.voided_at = seconds(ctx);
  });
  debit(world, ctx, grant, grant.amount.monetary?.value ?? 0, "credits_voided");
  return grant;
};
