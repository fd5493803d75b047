import type { DebitBehaviour } from "../world/hidden.js";

const soon = 5;

const failing = (code: string): DebitBehaviour => ({ after: soon, fails: true, code });

type TestAccount = { token: string; behaviour: DebitBehaviour };

/**
 * Stripe's test accounts at US banks, by their numbers, and how a debit of each ends. The codes are those that the
 * SDK declares for the error of an intent (`PaymentIntent.LastPaymentError.Code`).
 * https://docs.stripe.com/payments/ach-direct-debit/set-up-payment#test-account-numbers
 */
export const usTestAccounts: ReadonlyMap<string, TestAccount> = new Map<string, TestAccount>([
  ["000123456789", { token: "success", behaviour: { after: soon, fails: false } }],
  ["000111111113", { token: "accountClosed", behaviour: failing("account_closed") }],
  ["000000004954", { token: "riskLevelHighest", behaviour: { after: soon, fails: false, blocked: true } }],
  ["000111111116", { token: "noAccount", behaviour: failing("no_account") }],
  ["000222222227", { token: "insufficientFunds", behaviour: failing("insufficient_funds") }],
  ["000333333335", { token: "debitNotAuthorized", behaviour: failing("debit_not_authorized") }],
  ["000444444440", { token: "invalidCurrency", behaviour: failing("payment_method_currency_mismatch") }],
  ["000555555559", { token: "dispute", behaviour: { after: soon, fails: false, disputed: true } }],
  [
    "000666666661",
    { token: "failMicrodeposits", behaviour: { after: soon, fails: false, noDeposits: true } },
  ],
  ["000777777771", { token: "weeklyLimitExceeded", behaviour: failing("charge_exceeds_source_limit") }],
  ["000000000009", { token: "processing", behaviour: { after: soon, fails: false, stays: true } }],
]);

const numbers = new Map(
  [...usTestAccounts].map(([number, { token }]) => [`pm_usBankAccount_${token}`, number]),
);

/** The account behind `pm_usBankAccount_success`, or undefined. */
export const accountOfToken = (token: string): string | undefined => numbers.get(token);
