import { checkPayable } from "../../engine/money/check-payable.js";
import { needCurrency } from "../../engine/money/currency.js";
import { availableBalance, insufficientBalance } from "../../engine/payments/account-balance.js";
import { checkDestination } from "../../engine/payments/connect-terms.js";
import { createTransfer, reverseTransfer } from "../../engine/payments/transfer.js";
import { returnShareOfFee } from "../../engine/payments/undo-passing-on.js";
import { change } from "../../engine/world/emit.js";
import { find, need } from "../../engine/world/find.js";
import { mergeMetadata } from "../../engine/world/metadata.js";
import { invalidRequest, missing } from "../../engine/world/stripe-error.js";
import { newestFirst } from "../../engine/world/table.js";
import type { Charge, Transfer, TransferReversal } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

const path = "/v1/transfers";

const needTransfer = (world: World, id: string): Transfer => need(world.transfers, "transfer", id);

const needReversal = (world: World, transfer: string, id: string): TransferReversal => {
  needTransfer(world, transfer);
  const reversal = need(world.transferReversals, "transfer reversal", id);
  if (reversal.transfer !== transfer) throw missing("transfer reversal", id);
  return reversal;
};

/** Money of a charge may be sent before it has arrived; other money must be there. */
const checkFunds = (world: World, amount: number, currency: string, charge: Charge | undefined): void => {
  if (!charge && availableBalance(world, currency) < amount) throw insufficientBalance();
};

/** `/v1/transfers` */
export const transferRoutes = [
  route(
    `POST ${path}`,
    ["amount", "currency", "description", "destination", "metadata", "source_transaction", "transfer_group"],
    ({ world, ctx, params }) => {
      const currency = needCurrency(params.currency, "currency");
      const source = params.source_transaction;
      const charge =
        source === undefined
          ? undefined
          : need<Charge>(world.charges, "charge", source, "source_transaction");
      const amount = params.amount ?? charge?.amount_captured;
      if (amount === undefined)
        throw invalidRequest("Missing required param: amount.", "parameter_missing", "amount");
      checkPayable(amount);
      checkDestination(world, params.destination, "destination");
      checkFunds(world, amount, currency, charge);
      const metadata = mergeMetadata({}, params.metadata);
      return createTransfer(world, ctx, {
        amount,
        currency,
        destination: params.destination,
        description: params.description ?? null,
        metadata,
        source_transaction: charge?.id ?? null,
        transfer_group: params.transfer_group ?? charge?.transfer_group ?? null,
      });
    },
  ),
  route(`GET ${path}/:id`, [], ({ world, id }) => needTransfer(world, id)),
  route(`POST ${path}/:id`, ["description", "metadata"], ({ world, ctx, id, params }) =>
    change(world, ctx, "transfer.updated", needTransfer(world, id), (draft) => {
      draft.metadata = mergeMetadata(draft.metadata, params.metadata);
      if (params.description !== undefined) draft.description = params.description || null;
    }),
  ),
  route(`GET ${path}`, ["created", "destination", "transfer_group", ...paging], ({ world, params }) =>
    pageOf(
      newestFirst(world.transfers).filter(
        (row) =>
          (params.destination === undefined || row.destination === params.destination) &&
          (params.transfer_group === undefined || row.transfer_group === params.transfer_group) &&
          within(row.created, params.created),
      ),
      params,
      path,
    ),
  ),
  route(
    `POST ${path}/:id/reversals`,
    ["amount", "metadata", "refund_application_fee"],
    ({ world, ctx, id, params }) => {
      const transfer = needTransfer(world, id);
      const { amount, metadata } = params;
      const merged = mergeMetadata({}, metadata);
      const charge = find<Charge>(world.charges, transfer.source_transaction as string | null);
      const reversing = { amount, metadata: merged };
      if (!params.refund_application_fee) return reverseTransfer(world, ctx, transfer, reversing);
      return returnShareOfFee(world, ctx, { transfer, charge }, reversing);
    },
  ),
  route(`GET ${path}/:id/reversals`, [...paging], ({ world, id, params }) => {
    needTransfer(world, id);
    const rows = newestFirst(world.transferReversals).filter(({ transfer }) => transfer === id);
    return pageOf(rows, params, `${path}/${id}/reversals`);
  }),
  route(`GET ${path}/:id/reversals/:child`, [], ({ world, id, child }) => needReversal(world, id, child)),
  route(`POST ${path}/:id/reversals/:child`, ["metadata"], ({ world, id, child, params }) => {
    const reversal = needReversal(world, id, child);
    reversal.metadata = mergeMetadata(reversal.metadata ?? {}, params.metadata);
    return reversal;
  }),
];
