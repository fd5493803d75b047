import { type Context, day, seconds } from "../world/context.js";
import { emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import { touch } from "../world/touch.js";
import type { PaymentIntent, PaymentMethod, SetupIntent } from "../world/wire.js";
import type { World } from "../world/world.js";

type Intent = PaymentIntent | SetupIntent;

/** How a request wants a bank account to be verified. */
export type Verification = "automatic" | "instant" | "microdeposits" | undefined;

/** Notes how an intent's bank account is to be verified. */
export const chooseVerification = (intent: Intent, method: Verification): void => {
  if (method === undefined) return;
  intent.payment_method_options = {
    ...intent.payment_method_options,
    us_bank_account: { verification_method: method },
  };
};

/** Whether an intent has to wait until its bank account is verified by small deposits; otherwise accounts are verified at once. */
export const awaitsDeposits = (
  world: World,
  intent: Intent,
  { id, us_bank_account }: PaymentMethod,
): boolean =>
  us_bank_account !== undefined &&
  intent.payment_method_options?.us_bank_account?.verification_method === "microdeposits" &&
  find(world.hidden.verifiedAccounts, id) === undefined;

/** Sends the deposits, which arrive on the next day. https://docs.stripe.com/payments/ach-direct-debit/accept-a-payment#verify-with-microdeposits */
export const sendDeposits = (
  world: World,
  ctx: Context,
  intent: Intent,
  method: PaymentMethod,
): { status: "requires_action" } => {
  intent.payment_method = method.id;
  intent.status = "requires_action";
  intent.next_action = {
    type: "verify_with_microdeposits",
    verify_with_microdeposits: {
      arrival_date: (Math.floor(seconds(ctx) / day) + 1) * day,
      hosted_verification_url: `${ctx.baseUrl}/3ds/${intent.id}`,
      microdeposit_type: "descriptor_code",
    },
  };
  touch(world, intent.id);
  emit(world, ctx, `${intent.object}.requires_action`, intent);
  return { status: "requires_action" };
};

export type Deposits = { amounts?: readonly number[]; descriptor_code?: string };

/** What Stripe's test values do. https://docs.stripe.com/payments/ach-direct-debit/accept-a-payment#test-account-numbers */
const testValues: Readonly<Record<string, "attempts_exceeded" | "ok" | "timeout">> = {
  SM11AA: "ok",
  "32,45": "ok",
  SM33CC: "attempts_exceeded",
  "10,11": "attempts_exceeded",
  SM44DD: "timeout",
  "40,41": "timeout",
};

const ended = {
  attempts_exceeded: "You have exceeded the number of allowed verification attempts.",
  timeout: "Microdeposit verification timed out. The bank account could not be verified in time.",
} as const;

export type DepositAnswer =
  | { outcome: "failed"; error: ReturnType<typeof invalidRequest> }
  | { outcome: "verified" };

/** What an answer says: the account is verified, or will never be. Throws for a wrong one, after which another may come. */
export const readDeposits = ({ amounts, descriptor_code: code }: Deposits): DepositAnswer => {
  if ((amounts === undefined) === (code === undefined))
    throw invalidRequest("You must provide either `amounts` or `descriptor_code`.");
  const prefix = "payment_method_microdeposit";
  const found = testValues[code ?? [...(amounts ?? [])].sort((one, other) => one - other).join()];
  if (found === "ok") return { outcome: "verified" };
  if (found !== undefined)
    return { outcome: "failed", error: invalidRequest(ended[found], `${prefix}_verification_${found}`) };
  throw code === undefined
    ? invalidRequest(
        "The amounts provided do not match the amounts that were sent to the bank account.",
        `${prefix}_verification_amounts_mismatch`,
        "amounts",
      )
    : invalidRequest(
        "The descriptor code provided does not match the one that was sent to the bank account.",
        `${prefix}_verification_descriptor_code_mismatch`,
        "descriptor_code",
      );
};
