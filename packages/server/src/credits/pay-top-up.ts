import {
  BillingError,
  type CreditsOf,
  type ErrorCode,
  grantKey,
  isUnderWay,
  type ProviderCharge,
  settleTopUp,
  type TopUpAttempt,
  type TopUpOutcome,
  topUpConfirmMs,
  topUpGrantId,
} from "@tollgate/core";
import { type Account, askAbout, listAccounts } from "../customers/list-accounts.js";
import { digest } from "../idempotency/digest.js";
import { underKey } from "../idempotency/under-key.js";
import type { CreditsContext } from "./credits-context.js";

/** Has what was begun paid for, or sees what became of it. Done again, at once or days later, it charges nothing twice. */
export async function payTopUp(context: CreditsContext, of: CreditsOf): Promise<void> {
  const { topUp } = (await context.store.listCreditsAccounts(of.customerId))[of.credit] ?? {};
  const attempt = topUp?.attempt ?? null;
  if (attempt === null || !isUnderWay(attempt)) return;
  const [account] = await listAccounts(context, of.customerId);
  const outcome = account === undefined ? refused("not_a_customer") : await ask(account, of, attempt);
  const provider = account?.context.provider.id ?? context.provider.id;
  const { number, productId } = attempt;
  const { products } = context.catalog;
  const product = Object.hasOwn(products, productId) ? products[productId] : undefined;
  const told = { number, provider, outcome, expireAfterDays: product?.creditsExpireAfterDays };
  const { invoiceId } = outcome;
  const keys = invoiceId === null ? [] : [grantKey(topUpGrantId({ provider, invoiceId }))];
  await context.creditsDesk.run(context, of, {
    keys,
    decide: (state) => ({ state: settleTopUp(state, told), result: null }),
  });
}

/** Every one of a customer's that is under way: something of theirs was paid. */
export async function payTopUps(context: CreditsContext, customerId: string): Promise<void> {
  for (const [credit, { topUp }] of Object.entries(await context.store.listCreditsAccounts(customerId))) {
    if (topUp?.attempt && isUnderWay(topUp.attempt)) await payTopUp(context, { customerId, credit });
  }
}

async function ask(account: Account, of: CreditsOf, attempt: TopUpAttempt): Promise<TopUpOutcome> {
  try {
    return attempt.state === "requires_action" && attempt.invoiceId !== null
      ? await lookAt(account, attempt, attempt.invoiceId)
      : await charge(account, of, attempt);
  } catch (error) {
    if (error instanceof BillingError && isForGood(error)) return refused(error.code);
    throw error;
  }
}

/** What another try would not change. */
function isForGood({ code }: BillingError): boolean {
  return ["currency_conflict", "customer_missing", "not_supported", "provider_rejected"].includes(code);
}

async function charge(
  account: Account,
  { customerId, credit }: CreditsOf,
  { number, description, amount, currency }: TopUpAttempt,
): Promise<TopUpOutcome> {
  const { context, link } = account;
  const { provider, owner } = context;
  const { providerCustomerId } = link;
  const { charges } = provider;
  if (charges === undefined) return refused("not_supported");
  const purpose = ["top-up", provider.id, customerId, credit, String(number)];
  const reference = await digest([owner.app, owner.database, ...purpose]);
  const create = underKey(context, purpose, (idempotencyKey) =>
    charges.create({
      ...{ providerCustomerId, reference, idempotencyKey },
      ...{ money: { amount, currency }, description },
    }),
  );
  const made = await askAbout(account, create, null);
  return made === null ? refused("customer_missing") : toOutcome(made);
}

function toOutcome({ invoiceId, payment }: ProviderCharge): TopUpOutcome {
  switch (payment.status) {
    case "declined":
      return { kind: "failed", reason: "declined", detail: payment.reason, invoiceId };
    case "requires_payment_method":
      return { kind: "failed", reason: "payment_method_missing", detail: null, invoiceId };
    default:
      return { kind: payment.status, invoiceId };
  }
}

/** One that waits for its customer is not charged again meanwhile, whatever card is on file by then. */
async function lookAt(
  { context, link }: Account,
  { startedAt }: TopUpAttempt,
  invoiceId: string,
): Promise<TopUpOutcome> {
  const { invoices, charges } = context.provider;
  const of = { invoiceId, providerCustomerId: link.providerCustomerId };
  const invoice = (await invoices?.read(of)) ?? null;
  if (invoice?.status === "paid") return { kind: "paid", invoiceId };
  const notConfirmed = { kind: "failed", reason: "not_confirmed", detail: null, invoiceId } as const;
  if (invoice?.status !== "open") return notConfirmed;
  const isOver = Date.parse(startedAt) + topUpConfirmMs <= context.clock().getTime();
  if (!isOver) return { kind: "requires_action", invoiceId };
  const left = await charges?.withdraw?.(of);
  return left?.status === "paid" || left?.status === "processing"
    ? { kind: left.status, invoiceId }
    : notConfirmed;
}

/** In the words of our errors, for whoever looks at it. */
function refused(code: ErrorCode): TopUpOutcome {
  return { kind: "failed", reason: "refused", detail: code, invoiceId: null };
}
