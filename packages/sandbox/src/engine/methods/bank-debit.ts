import type { Context } from "../world/context.js";
import type { DebitBehaviour } from "../world/hidden.js";
import type { MetadataChange } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";
import { type BillingDetails, blankPaymentMethod } from "./blank-payment-method.js";
import { accountOfToken, usTestAccounts } from "./us-test-accounts.js";

/** A bank account as typed: an IBAN, or an account number in the US. Only its last four characters are kept. */
export type BankAccount = { type: "sepa_debit" | "us_bank_account"; number: string };

const soon = 5;
const threeMinutes = 180;

/** The last digits of an IBAN. https://docs.stripe.com/payments/sepa-debit/accept-a-payment#test-integration */
const sepa: Record<string, DebitBehaviour> = {
  "00": { after: soon, fails: false },
  "01": { after: soon, fails: true },
  "03": { after: threeMinutes, fails: false },
  "04": { after: threeMinutes, fails: true },
};

/** Austria's test accounts count from one. */
const austrian: Record<string, DebitBehaviour> = {
  "01": { after: soon, fails: false },
  "02": { after: soon, fails: true },
  "04": { after: threeMinutes, fails: false },
  "05": { after: threeMinutes, fails: true },
};

const failingItalian = "IT60X0542811101000000123456";

const read = ({ type, number }: BankAccount): DebitBehaviour => {
  if (type === "us_bank_account") {
    const known = usTestAccounts.get(number);
    if (!known)
      throw invalidRequest(
        "You must use a test bank account number in test mode. Try 000123456789 or see more options at " +
          "https://docs.stripe.com/connect/testing#account-numbers.",
        "account_number_invalid",
        "us_bank_account[account_number]",
      );
    return { ...known.behaviour };
  }
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(number))
    throw invalidRequest(
      "The IBAN you provided is invalid.",
      "invalid_bank_account_iban",
      "sepa_debit[iban]",
    );
  if (number === failingItalian) return { after: soon, fails: true };
  const table = number.startsWith("AT") ? austrian : sepa;
  return table[number.slice(-2)] ?? { after: soon, fails: false };
};

const detailsOf = ({ type, number }: BankAccount): Pick<PaymentMethod, "sepa_debit" | "us_bank_account"> =>
  type === "sepa_debit"
    ? {
        sepa_debit: {
          bank_code: number.slice(4, 12),
          branch_code: "",
          country: number.slice(0, 2),
          fingerprint: `TestIban${number.slice(-8)}`,
          generated_from: null,
          last4: number.slice(-4),
        },
      }
    : {
        us_bank_account: {
          account_holder_type: "individual",
          account_type: "checking",
          bank_name: "STRIPE TEST BANK",
          financial_connections_account: null,
          fingerprint: `TestBank${number.slice(-8)}`,
          last4: number.slice(-4),
          networks: { preferred: "ach", supported: ["ach"] },
          routing_number: "110000000",
          status_details: null,
        },
      };

/** A bank account that can be debited; throws Stripe's refusal for what is not one. */
export const bankDebitMethod = (
  world: World,
  ctx: Context,
  given: BankAccount,
  billing: BillingDetails,
  metadata?: MetadataChange,
): PaymentMethod => {
  const account = { ...given, number: given.number.replace(/[\s-]/g, "").toUpperCase() };
  const behaviour = read(account);
  const method: PaymentMethod = {
    ...blankPaymentMethod(ctx, ctx.ids.id("pm"), {
      billing_details: billing,
      ...(metadata === undefined ? {} : { metadata }),
    }),
    ...detailsOf(account),
    type: account.type,
  };
  world.paymentMethods[method.id] = method;
  world.hidden.debitAccounts[method.id] = behaviour;
  return method;
};

/** The account that Stripe's own `pm_usBankAccount_success` stands for, or undefined for anything else. */
export const debitMethodOfToken = (world: World, ctx: Context, token: string): PaymentMethod | undefined => {
  const number = accountOfToken(token);
  return number === undefined
    ? undefined
    : bankDebitMethod(world, ctx, { type: "us_bank_account", number }, {});
};
