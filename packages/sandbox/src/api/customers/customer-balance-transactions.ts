import { needCustomer } from "../../engine/customers/customer.js";
import {
  balanceTransactionsOf,
  moveBalance,
  needBalanceTransaction,
  updateBalanceTransaction,
} from "../../engine/customers/customer-balance.js";
import { atCustomer } from "../../engine/world/test-clock.js";
import { pageOf, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

const path = "/v1/customers/:id/balance_transactions";

/** `/v1/customers/:id/balance_transactions` */
export const customerBalanceRoutes = [
  route(`POST ${path}`, ["amount", "currency", "description", "metadata"], ({ world, ctx, id, params }) => {
    const customer = needCustomer(world, id, "id");
    return moveBalance(world, atCustomer(world, ctx, id), customer, {
      ...params,
      currency: params.currency.toLowerCase(),
      type: "adjustment",
    });
  }),
  route(`GET ${path}/:child`, [], ({ world, id, child }) => needBalanceTransaction(world, id, child)),
  route(`POST ${path}/:child`, ["description", "metadata"], ({ world, id, child, params }) =>
    updateBalanceTransaction(needBalanceTransaction(world, id, child), params),
  ),
  route(
    `GET ${path}`,
    ["created", "ending_before", "invoice", "limit", "starting_after"],
    ({ world, id, params }) => {
      const rows = balanceTransactionsOf(world, needCustomer(world, id, "id").id).filter(
        (row) =>
          (params.invoice === undefined || row.invoice === params.invoice) &&
          within(row.created, params.created),
      );
      return pageOf(rows, params, `/v1/customers/${id}/balance_transactions`);
    },
  ),
];
