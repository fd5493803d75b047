import { balanceOf } from "../../engine/payments/account-balance.js";
import { need } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

/** `/v1/balance` and `/v1/balance_transactions`; only automatic payouts have them, and there are none here. */
export const balanceTransactionRoutes = [
  route("GET /v1/balance", [], ({ world }) => balanceOf(world)),
  route(
    "GET /v1/balance_transactions",
    ["created", "currency", "payout", "source", "type", ...paging],
    ({ world, params }) => {
      const rows = newestFirst(world.balanceTransactions).filter(
        (row) =>
          params.payout === undefined &&
          (params.currency === undefined || row.currency === params.currency.toLowerCase()) &&
          (params.source === undefined || row.source === params.source) &&
          (params.type === undefined || row.type === params.type) &&
          within(row.created, params.created),
      );
      return pageOf(rows, params, "/v1/balance_transactions");
    },
  ),
  route("GET /v1/balance_transactions/:id", [], ({ world, id }) =>
    need(world.balanceTransactions, "balance transaction", id),
  ),
];
