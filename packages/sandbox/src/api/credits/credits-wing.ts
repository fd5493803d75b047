import {
  createCreditGrant,
  expireCreditGrant,
  needCreditGrant,
  updateCreditGrant,
  voidCreditGrant,
} from "../../engine/credits/credit-grant.js";
import { summarizeCredits } from "../../engine/credits/credit-summary.js";
import { find, need } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import { pageOf, paging } from "../answers/page-of.js";
import { type Route, route } from "../params/route.js";

const grants = "/v1/billing/credit_grants";
const moves = "/v1/billing/credit_balance_transactions";

/** `/v1/billing/credit_grants` and what becomes of them. */
export const creditsWing: Route[] = [
  route(
    `POST ${grants}`,
    [
      ...(["amount", "applicability_config", "category", "customer", "effective_at"] as const),
      ...(["expires_at", "metadata", "name", "priority"] as const),
    ],
    ({ world, ctx, params }) => createCreditGrant(world, ctx, params),
  ),
  route(`GET ${grants}/:id`, [], ({ world, id }) => needCreditGrant(world, id)),
  route(`POST ${grants}/:id`, ["expires_at", "metadata"], ({ world, ctx, id, params }) =>
    updateCreditGrant(world, ctx, id, params),
  ),
  route(`POST ${grants}/:id/expire`, [], ({ world, ctx, id }) => expireCreditGrant(world, ctx, id)),
  route(`POST ${grants}/:id/void`, [], ({ world, ctx, id }) => voidCreditGrant(world, ctx, id)),
  route(`GET ${grants}`, ["customer", ...paging], ({ world, params }) =>
    pageOf(
      newestFirst(world.creditGrants).filter(
        ({ customer }) => params.customer === undefined || customer === params.customer,
      ),
      params,
      grants,
    ),
  ),
  route("GET /v1/billing/credit_balance_summary", ["customer", "filter"], ({ world, ctx, params }) =>
    summarizeCredits(world, ctx, params),
  ),
  route(`GET ${moves}/:id`, [], ({ world, id }) =>
    need(world.creditBalanceTransactions, "credit balance transaction", id),
  ),
  route(`GET ${moves}`, ["credit_grant", "customer", ...paging], ({ world, params }) =>
    pageOf(
      newestFirst(world.creditBalanceTransactions).filter(
        ({ credit_grant: grant }) =>
          (params.credit_grant === undefined || grant === params.credit_grant) &&
          (params.customer === undefined ||
            find(world.creditGrants, grant as string)?.customer === params.customer),
      ),
      params,
      moves,
    ),
  ),
];
