import { checkPayable } from "../../engine/money/check-payable.js";
import { needCurrency } from "../../engine/money/currency.js";
import { cancelPayout, createPayout } from "../../engine/payments/payout.js";
import { change } from "../../engine/world/emit.js";
import { need } from "../../engine/world/find.js";
import { mergeMetadata } from "../../engine/world/metadata.js";
import { newestFirst } from "../../engine/world/table.js";
import type { Payout } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

const path = "/v1/payouts";

const needPayout = (world: World, id: string): Payout => need(world.payouts, "payout", id);

/** `/v1/payouts`: every payout is asked for; there is no schedule here. */
export const payoutRoutes = [
  route(
    `POST ${path}`,
    ["amount", "currency", "description", "destination", "metadata", "method", "statement_descriptor"],
    ({ world, ctx, params }) => {
      checkPayable(params.amount);
      return createPayout(world, ctx, { ...params, currency: needCurrency(params.currency, "currency") });
    },
  ),
  route(`GET ${path}/:id`, [], ({ world, id }) => needPayout(world, id)),
  route(`POST ${path}/:id`, ["metadata"], ({ world, ctx, id, params }) =>
    change(world, ctx, "payout.updated", needPayout(world, id), (draft) => {
      draft.metadata = mergeMetadata(draft.metadata ?? {}, params.metadata);
    }),
  ),
  route(`POST ${path}/:id/cancel`, [], ({ world, ctx, id }) =>
    cancelPayout(world, ctx, needPayout(world, id)),
  ),
  route(`GET ${path}`, ["arrival_date", "created", "destination", "status", ...paging], ({ world, params }) =>
    pageOf(
      newestFirst(world.payouts).filter(
        (row) =>
          (params.destination === undefined || row.destination === params.destination) &&
          (params.status === undefined || row.status === params.status) &&
          within(row.arrival_date, params.arrival_date) &&
          within(row.created, params.created),
      ),
      params,
      path,
    ),
  ),
];
