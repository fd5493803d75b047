import { attachPaymentMethod } from "../methods/payment-method.js";
import { type Context, seconds } from "../world/context.js";
import { emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { touch } from "../world/touch.js";
import type { Charge, PaymentIntent, PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";
import { billOf, chargeFor } from "./charge.js";

/** Whether the money of a payment method is on its way for a while. */
export const isDelayed = (world: World, method: PaymentMethod): boolean =>
  find(world.hidden.debitAccounts, method.id) !== undefined;

/** Whether Radar blocks whatever is taken from an account. https://docs.stripe.com/radar/risk-evaluation#high-risk */
export const isBlocked = (world: World, method: PaymentMethod): boolean =>
  find(world.hidden.debitAccounts, method.id)?.blocked === true;

/** What a charge says of the account that it debits. */
export const debitDetailsOf = ({
  sepa_debit,
  us_bank_account,
}: PaymentMethod): Charge["payment_method_details"] => {
  if (sepa_debit)
    return {
      type: "sepa_debit",
      sepa_debit: {
        bank_code: sepa_debit.bank_code,
        branch_code: sepa_debit.branch_code,
        country: sepa_debit.country,
        fingerprint: sepa_debit.fingerprint,
        last4: sepa_debit.last4,
        mandate: null,
      },
    };
  if (!us_bank_account) return null;
  return {
    type: "us_bank_account",
    us_bank_account: {
      account_holder_type: us_bank_account.account_holder_type,
      account_type: us_bank_account.account_type,
      bank_name: us_bank_account.bank_name,
      fingerprint: us_bank_account.fingerprint,
      last4: us_bank_account.last4,
      payment_reference: null,
      routing_number: us_bank_account.routing_number,
    },
  };
};

/** Sends a debit on its way: it succeeds or fails later. https://docs.stripe.com/payments/payment-methods#payment-notification */
export const startDebit = (
  world: World,
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
): { status: "processing" } => {
  const behaviour = world.hidden.debitAccounts[method.id] ?? { after: 0, fails: false };
  const charge: Charge = {
    ...chargeFor(ctx, billOf(world, intent), method, null),
    paid: false,
    payment_method_details: debitDetailsOf(method),
    receipt_url: null,
    status: "pending",
  };
  world.charges[charge.id] = charge;
  intent.payment_method = method.id;
  intent.latest_charge = charge.id;
  intent.last_payment_error = null;
  intent.next_action = null;
  intent.payment_method_types = [method.type];
  intent.status = "processing";
  const { after, fails, stays } = behaviour;
  if (!stays) world.hidden.debits[intent.id] = { at: seconds(ctx) + after, fails, session: null };
  touch(world, intent.id);
  emit(world, ctx, "payment_intent.processing", intent);
  emit(world, ctx, "charge.pending", charge);
  if (intent.customer !== null && intent.setup_future_usage !== null && method.customer === null)
    attachPaymentMethod(world, ctx, method, intent.customer as string);
  return { status: "processing" };
};
