import type { Context } from "../world/context.js";
import { find } from "../world/find.js";
import { send } from "../world/letters.js";
import type { Charge } from "../world/wire.js";
import type { World } from "../world/world.js";
import { createApplicationFee } from "./application-fee.js";
import { createTransfer } from "./transfer.js";

/** What the platform takes is at most what was captured. https://docs.stripe.com/api/payment_intents/create */
const feeOf = ({ application_fee, application_fee_amount: fee }: Charge, captured: number): number =>
  application_fee === null ? Math.min(fee ?? 0, captured) : 0;

/** What the platform takes of a charge on a connected account's own behalf; the fee is an object of the platform. */
export const takeOfDirectCharge = (world: World, ctx: Context, charge: Charge, captured: number): number => {
  const amount = feeOf(charge, captured);
  if (amount === 0) return 0;
  const id = ctx.ids.id("fee");
  const { id: account } = world.account;
  charge.application_fee = id;
  send(world, ctx, {
    to: null,
    run: (platform, there) =>
      void createApplicationFee(platform, there, {
        id,
        account,
        amount,
        charge: charge.id,
        currency: charge.currency,
        originating_transaction: null,
      }),
  });
  return amount;
};

/**
 * Passes a captured charge's money on to the account that it names. All of it goes there, and the application fee
 * comes back from there, so that both sides' books show it. https://docs.stripe.com/connect/destination-charges
 */
export const passOn = (world: World, ctx: Context, charge: Charge, captured: number): void => {
  const { transfer_data: data, currency } = charge;
  // Who left or was disabled since gets nothing; the money stays with the platform. What Stripe does is documented nowhere.
  const to = find(world.accounts, data?.destination as string | undefined);
  if (!data || to?.capabilities?.transfers !== "active") return;
  const taken = feeOf(charge, captured);
  const fee = taken > 0 ? { id: ctx.ids.id("fee"), amount: taken } : null;
  const destination = data.destination as string;
  charge.transfer_group ??= `group_${(charge.payment_intent as string | null) ?? charge.id}`;
  const transfer = createTransfer(world, ctx, {
    amount: Math.min(data.amount ?? captured, captured),
    currency,
    destination,
    source_transaction: charge.id,
    transfer_group: charge.transfer_group,
    fee,
  });
  charge.transfer ??= transfer.id;
  if (!fee) return;
  charge.application_fee = fee.id;
  createApplicationFee(world, ctx, {
    ...fee,
    account: destination,
    charge: transfer.destination_payment as string,
    currency,
    originating_transaction: charge.id,
  });
};
