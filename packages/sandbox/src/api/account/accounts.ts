import { connectAccount, disconnectAccount } from "../../engine/endpoints/account.js";
import { find } from "../../engine/world/find.js";
import { missing } from "../../engine/world/stripe-error.js";
import { newestFirst } from "../../engine/world/table.js";
import { deleted } from "../answers/lookup.js";
import { pageOf } from "../answers/page-of.js";
import { accepted, choice, clearable, hash, metadata, pagination, text } from "../params/fields.js";
import { ownRoute, route } from "../params/route.js";

const fields = {
  business_profile: hash({ name: text(), support_email: text(), url: text() }),
  business_type: choice("company", "government_entity", "individual", "non_profit"),
  capabilities: accepted(),
  company: accepted(),
  controller: accepted(),
  country: text(),
  default_currency: text(),
  email: clearable(text()),
  individual: accepted(),
  metadata: metadata(),
  settings: accepted(),
  tos_acceptance: accepted(),
  type: choice("custom", "express", "standard"),
};

type Unused = Partial<
  Record<"capabilities" | "company" | "controller" | "individual" | "settings" | "tos_acceptance", unknown>
>;

const used = <T extends Unused>(params: T) => {
  const { capabilities, company, controller, individual, settings, tos_acceptance, ...rest } = params;
  return rest;
};

/** `/v1/account` and `/v1/accounts`: the account itself, and those connected to it. */
export const accountRoutes = [
  route("GET /v1/account", [], ({ world }) => world.account),
  ownRoute("POST", "/v1/accounts", fields, ({ world, ctx, params }) =>
    connectAccount(world, ctx, used(params)),
  ),
  ownRoute("GET", "/v1/accounts/:id", {}, ({ world, id }) => {
    const account = id === world.account.id ? world.account : find(world.accounts, id);
    if (!account) throw missing("account", id);
    return account;
  }),
  ownRoute("DELETE", "/v1/accounts/:id", {}, ({ world, id }) => {
    disconnectAccount(world, id);
    return deleted("account", id);
  }),
  ownRoute("GET", "/v1/accounts", pagination, ({ world, params }) =>
    pageOf(newestFirst(world.accounts), params, "/v1/accounts"),
  ),
];
