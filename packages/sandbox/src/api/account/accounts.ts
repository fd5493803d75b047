import { capabilityOf } from "../../engine/accounts/capability.js";
import { changeAccount } from "../../engine/accounts/change-account.js";
import { connectAccount, disconnectAccount } from "../../engine/accounts/connect-account.js";
import { rejectAccount } from "../../engine/accounts/reject-account.js";
import { sellerOf } from "../../engine/accounts/requirements.js";
import { requestCapabilities, tell } from "../../engine/accounts/tell-account.js";
import { find, need, needAt } from "../../engine/world/find.js";
import { missing } from "../../engine/world/stripe-error.js";
import { newestFirst } from "../../engine/world/table.js";
import type { Account } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { deleted } from "../answers/lookup.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { ownRoute, route } from "../params/route.js";

/** What tells about an account and its owner; of the rest of the form nothing here depends. */
const facts = [
  "business_profile.mcc",
  "business_profile.name",
  "business_profile.product_description",
  "business_profile.support_email",
  "business_profile.support_phone",
  "business_profile.support_url",
  "business_profile.url",
  "business_type",
  "capabilities",
  "company.name",
  "email",
  "external_account",
  "individual.first_name",
  "individual.last_name",
  "metadata",
  "tos_acceptance",
] as const;

const needConnected = (world: World, id: string): Account => need(world.accounts, "account", id);

const capabilitiesOf = (world: World, account: Account) =>
  Object.keys(account.capabilities ?? {}).map((name) => capabilityOf(world, account, name));

/** `/v1/account` and `/v1/accounts`: the account itself, and those connected to it. */
export const accountRoutes = [
  route("GET /v1/account", [], ({ world }) => world.account),
  route(
    "POST /v1/accounts",
    [...facts, "controller", "country", "default_currency", "type"],
    ({ world, ctx, params }) => connectAccount(world, ctx, params),
  ),
  ownRoute("GET", "/v1/accounts/:id", {}, ({ world, id }) => {
    const account = id === world.account.id ? world.account : find(world.accounts, id);
    if (!account) throw missing("account", id);
    return account;
  }),
  route("POST /v1/accounts/:id", facts, ({ world, ctx, id, params }) =>
    changeAccount(world, ctx, needConnected(world, id), (draft) => tell(world, ctx, draft, params)),
  ),
  route("DELETE /v1/accounts/:id", [], ({ world, ctx, id }) => {
    disconnectAccount(world, ctx, id);
    return deleted("account", id);
  }),
  route("GET /v1/accounts", ["created", ...paging], ({ world, params }) =>
    pageOf(
      newestFirst(world.accounts).filter(({ created = 0 }) => within(created, params.created)),
      params,
      "/v1/accounts",
    ),
  ),
  route("POST /v1/accounts/:id/reject", ["reason"], ({ world, ctx, id, params }) =>
    rejectAccount(world, ctx, needConnected(world, id), params.reason),
  ),
  route("GET /v1/accounts/:id/capabilities", [], ({ world, id }) =>
    pageOf(
      capabilitiesOf(world, needConnected(world, id)),
      { limit: 100 },
      `/v1/accounts/${id}/capabilities`,
    ),
  ),
  route("GET /v1/accounts/:id/capabilities/:child", [], ({ world, id, child }) =>
    capabilityOf(world, needConnected(world, id), child),
  ),
  route("POST /v1/accounts/:id/capabilities/:child", ["requested"], ({ world, ctx, id, child, params }) => {
    const account = needConnected(world, id);
    const wanted = params.requested === undefined ? {} : { requested: params.requested };
    const seller = sellerOf(world, account);
    changeAccount(world, ctx, account, () => {
      if (seller) requestCapabilities(ctx, seller, { [child]: wanted });
    });
    return capabilityOf(world, account, child);
  }),
  route("GET /v1/accounts/:id/external_accounts", [...paging], ({ world, id, params }) =>
    pageOf(
      needConnected(world, id).external_accounts?.data ?? [],
      params,
      `/v1/accounts/${id}/external_accounts`,
    ),
  ),
  route("GET /v1/accounts/:id/external_accounts/:child", [], ({ world, id, child }) => {
    const banks = needConnected(world, id).external_accounts?.data ?? [];
    return needAt(Object.fromEntries(banks.map((bank) => [bank.id, bank])), "external account", child, "id");
  }),
  route("POST /v1/accounts/:id/external_accounts", ["external_account"], ({ world, ctx, id, params }) => {
    const account = changeAccount(world, ctx, needConnected(world, id), (draft) =>
      tell(world, ctx, draft, params),
    );
    return account.external_accounts?.data.at(-1) ?? account;
  }),
];
