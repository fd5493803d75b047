import { applicationOf } from "../accounts/connect-account.js";
import { type Context, seconds } from "../world/context.js";
import { emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { send } from "../world/letters.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { ApplicationFee, FeeRefund } from "../world/wire.js";
import type { World } from "../world/world.js";
import { bookMove } from "./book-move.js";

type NewFee = Pick<
  ApplicationFee,
  "account" | "amount" | "charge" | "currency" | "id" | "originating_transaction"
>;

/** Notes in the platform's world what it took of a connected account's payment. */
export const createApplicationFee = (world: World, ctx: Context, given: NewFee): ApplicationFee => {
  const booked = bookMove(world, ctx, {
    amount: given.amount,
    fee: 0,
    currency: given.currency,
    source: given.id,
    description: null,
    type: "application_fee",
    reporting_category: "platform_earning",
  });
  const fee: ApplicationFee = {
    ...given,
    object: "application_fee",
    amount_refunded: 0,
    application: applicationOf(world.account.id),
    balance_transaction: booked.id,
    created: seconds(ctx),
    fee_source: { charge: given.charge as string, type: "charge" },
    livemode: false,
    refunded: false,
    refunds: { object: "list", data: [], has_more: false, url: `/v1/application_fees/${given.id}/refunds` },
  };
  world.applicationFees[fee.id] = fee;
  emit(world, ctx, "application_fee.created", fee);
  return fee;
};

type Back = { amount: number; metadata?: MetadataChange | undefined };

/** Gives a fee back, whole or in part, in the platform's books; those of the account are the caller's. */
export const returnFee = (world: World, ctx: Context, fee: ApplicationFee, back: Back): FeeRefund => {
  const id = ctx.ids.id("fr");
  const booked = bookMove(world, ctx, {
    amount: -back.amount,
    fee: 0,
    currency: fee.currency,
    source: id,
    description: null,
    type: "application_fee_refund",
    reporting_category: "platform_earning_refund",
  });
  const refund: FeeRefund = {
    id,
    object: "fee_refund",
    amount: back.amount,
    balance_transaction: booked.id,
    created: seconds(ctx),
    currency: fee.currency,
    fee: fee.id,
    metadata: mergeMetadata({}, back.metadata),
  };
  world.feeRefunds[id] = refund;
  fee.amount_refunded += back.amount;
  fee.refunded = fee.amount_refunded === fee.amount;
  fee.refunds.data = [structuredClone(refund), ...fee.refunds.data];
  emit(world, ctx, "application_fee.refunded", fee);
  return refund;
};

/** Books in the account's own world a fee that comes back without a refund of its payment. No source names this booking. */
export const bookFeeBack = (
  world: World,
  ctx: Context,
  fee: ApplicationFee,
  amount: number,
  source: string,
): void =>
  send(world, ctx, {
    to: fee.account as string,
    run: (own, there) =>
      void bookMove(own, there, {
        amount,
        fee: 0,
        currency: fee.currency,
        source,
        description: `Application fee refund (${fee.id})`,
        type: "adjustment",
        reporting_category: "fee",
      }),
  });

/** Gives a fee back as `POST /v1/application_fees/:id/refunds` does. https://docs.stripe.com/api/fee_refunds/create */
export const refundApplicationFee = (
  world: World,
  ctx: Context,
  fee: ApplicationFee,
  given: { amount?: number; metadata?: MetadataChange },
): FeeRefund => {
  const left = fee.amount - fee.amount_refunded;
  if (left === 0)
    throw invalidRequest(`Application fee ${fee.id} has already been refunded.`, "charge_already_refunded");
  const amount = given.amount ?? left;
  if (amount < 1 || amount > left)
    throw invalidRequest(
      `Refund amount (${amount}) is greater than unrefunded amount on application fee (${left})`,
      undefined,
      "amount",
    );
  const refund = returnFee(world, ctx, fee, { amount, metadata: given.metadata });
  const charge = (fee.originating_transaction ?? fee.charge) as string;
  world.hidden.feesReturned[charge] = (find(world.hidden.feesReturned, charge) ?? 0) + amount;
  bookFeeBack(world, ctx, fee, amount, refund.id);
  return refund;
};
