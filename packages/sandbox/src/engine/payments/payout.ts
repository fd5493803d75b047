import { changeAccount } from "../accounts/change-account.js";
import { payoutFailureOf } from "../accounts/external-account.js";
import { type Context, day, seconds } from "../world/context.js";
import type { Due } from "../world/due.js";
import { change, emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { send } from "../world/letters.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { invalidRequest, missing } from "../world/stripe-error.js";
import type { ExternalAccount, Payout } from "../world/wire.js";
import type { World } from "../world/world.js";
import { availableBalance, insufficientBalance } from "./account-balance.js";
import { bookMove } from "./book-move.js";

export type NewPayout = {
  amount: number;
  currency: string;
  description?: string | undefined;
  destination?: string | undefined;
  metadata?: MetadataChange | undefined;
  method?: "instant" | "standard" | undefined;
  statement_descriptor?: string | undefined;
};

/** What Stripe says of a payout that its bank did not take. https://docs.stripe.com/api/payouts/failures */
const failures: Record<string, string> = {
  account_closed: "The bank account has been closed.",
  debit_not_authorized:
    "Debit transactions are not approved on your bank account. (Stripe requires bank accounts to be set up for both " +
    "credit and debit payouts.)",
  insufficient_funds: "Your Stripe account has insufficient funds to cover the payout.",
  invalid_currency:
    "The bank was unable to process this payout because of its currency. This is probably because the bank account " +
    "cannot accept payments in that currency.",
  no_account:
    "The bank account details on file are probably incorrect. No bank account could be located with those details.",
};

const banksOf = ({ account }: World): ExternalAccount[] =>
  (account.external_accounts?.data ?? []).flatMap((bank) => (bank.object === "bank_account" ? [bank] : []));

const bankFor = (world: World, { currency, destination }: NewPayout): ExternalAccount | undefined => {
  const banks = banksOf(world);
  if (destination === undefined) return banks.find((bank) => bank.currency === currency);
  const bank = banks.find(({ id }) => id === destination);
  if (!bank) throw missing("external account", destination, "destination");
  return bank;
};

/** Refuses to pay out what is not there, or where there is nowhere to pay it to. */
const needBank = (world: World, given: NewPayout): ExternalAccount => {
  const bank = bankFor(world, given);
  if (!bank)
    throw invalidRequest(
      `Sorry, you don't have any external accounts in that currency (${given.currency}).`,
      undefined,
      "destination",
    );
  if (world.connected && !world.account.payouts_enabled)
    throw invalidRequest("Payouts are not enabled on this account.", "payouts_not_allowed");
  return bank;
};

/** Sends money to the account's bank, where it arrives two days later. https://docs.stripe.com/api/payouts */
export const createPayout = (world: World, ctx: Context, given: NewPayout): Payout => {
  const bank = needBank(world, given);
  if (availableBalance(world, given.currency) < given.amount) throw insufficientBalance();
  const metadata = mergeMetadata({}, given.metadata);
  const id = ctx.ids.id("po");
  const payout: Payout = {
    id,
    object: "payout",
    amount: given.amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: (Math.floor(seconds(ctx) / day) + 2) * day,
    automatic: false,
    balance_transaction: bookPayout(world, ctx, id, given, "payout").id,
    created: seconds(ctx),
    currency: given.currency,
    description: given.description ?? null,
    destination: bank.id,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata,
    method: given.method ?? "standard",
    original_payout: null,
    payout_method: null,
    reconciliation_status: "not_applicable",
    reversed_by: null,
    source_type: "card",
    statement_descriptor: given.statement_descriptor ?? null,
    status: "pending",
    trace_id: { status: "pending", value: null },
    type: "bank_account",
  };
  world.payouts[id] = payout;
  emit(world, ctx, "payout.created", payout);
  return payout;
};

type Booking = "payout" | "payout_cancel" | "payout_failure";

const bookPayout = (
  world: World,
  ctx: Context,
  source: string,
  { amount, currency }: Pick<Payout, "amount" | "currency">,
  type: Booking,
) =>
  bookMove(world, ctx, {
    amount: type === "payout" ? -amount : amount,
    fee: 0,
    currency,
    source,
    description: type === "payout" ? "STRIPE PAYOUT" : "STRIPE PAYOUT FAILURE",
    type,
    reporting_category: type === "payout" ? "payout" : "payout_reversal",
    atOnce: true,
  });

/** Calls a payout off that has not left yet. */
export const cancelPayout = (world: World, ctx: Context, payout: Payout): Payout => {
  if (payout.status !== "pending")
    throw invalidRequest(
      `Payouts can only be canceled while they are pending; ${payout.id} has a status of ${payout.status}.`,
    );
  payout.status = "canceled";
  payout.failure_balance_transaction = bookPayout(world, ctx, payout.id, payout, "payout_cancel").id;
  payout.trace_id = { status: "unsupported", value: null };
  emit(world, ctx, "payout.canceled", payout);
  return payout;
};

/** The bank did not take it: the money is back, and no more is sent there until the seller names another account. */
const failPayout = (world: World, ctx: Context, payout: Payout, code: string): void => {
  change(world, ctx, "payout.failed", payout, (draft) => {
    draft.status = "failed";
    draft.failure_code = code;
    draft.failure_message = failures[code] ?? null;
    draft.failure_balance_transaction = bookPayout(world, ctx, draft.id, draft, "payout_failure").id;
    draft.trace_id = { status: "unsupported", value: null };
  });
  const { id } = world.account;
  send(world, ctx, {
    to: null,
    run: (platform, there) => {
      const account = find(platform.accounts, id);
      if (!account) return;
      changeAccount(platform, there, account, ({ external_accounts: banks }) => {
        for (const bank of banks?.data ?? [])
          if (bank.id === payout.destination && bank.object === "bank_account") bank.status = "errored";
      });
    },
  });
};

/** A payout arrives at the bank, or does not. */
export const payoutDues = (_world: World, payout: Payout): Due[] =>
  payout.status !== "pending"
    ? []
    : [
        {
          id: `${payout.id}/arrive`,
          at: payout.arrival_date,
          turn: "change",
          run: (changing, ctx) => {
            const bank = banksOf(changing).find(({ id }) => id === payout.destination);
            const code = bank ? payoutFailureOf(bank) : null;
            if (code) return failPayout(changing, ctx, payout, code);
            change(changing, ctx, "payout.paid", payout, (draft) => {
              draft.status = "paid";
              draft.trace_id = { status: "supported", value: ctx.ids.secret(14) };
            });
          },
        },
      ];
