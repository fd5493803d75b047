import type Stripe from "stripe";
import { type Context, seconds } from "../world/context.js";
import { emit } from "../world/emit.js";
import { need } from "../world/find.js";
import { send } from "../world/letters.js";
import { mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Account, BusinessProfile, Given } from "../world/wire.js";
import type { World } from "../world/world.js";
import { currencyOf } from "./external-account.js";
import { platformAccount } from "./platform-account.js";
import { refreshAccount } from "./refresh-account.js";
import type { Seller } from "./seller.js";
import { type AccountFacts, tell } from "./tell-account.js";

export type NewAccount = AccountFacts &
  Pick<Given<Stripe.AccountCreateParams>, "controller" | "country" | "default_currency" | "type">;

type Controller = NonNullable<Account["controller"]>;
type Kind = "custom" | "express" | "none" | "standard";

/** What the older `type` means. https://docs.stripe.com/connect/migrate-to-controller-properties */
const controllers: Record<Exclude<Kind, "none">, Omit<Controller, "type">> = {
  custom: {
    fees: { payer: "application_custom" },
    is_controller: true,
    losses: { payments: "application" },
    requirement_collection: "application",
    stripe_dashboard: { type: "none" },
  },
  express: {
    fees: { payer: "application_express" },
    is_controller: true,
    losses: { payments: "application" },
    requirement_collection: "stripe",
    stripe_dashboard: { type: "express" },
  },
  standard: {
    fees: { payer: "account" },
    is_controller: true,
    losses: { payments: "stripe" },
    requirement_collection: "stripe",
    stripe_dashboard: { type: "full" },
  },
};

const kindOf = ({ controller, type }: NewAccount): Kind => {
  if (controller && type)
    throw invalidRequest(
      "You may not provide the `type` parameter and `controller` parameters simultaneously. They are mutually exclusive.",
    );
  return controller ? "none" : (type ?? "standard");
};

/** The defaults are those that the SDK names for each of the controller's parameters. */
const controllerOf = (kind: Kind, given: NewAccount["controller"] = {}): Controller => {
  if (kind !== "none") return { ...controllers[kind], type: "application" };
  return {
    fees: { payer: given.fees?.payer ?? "account" },
    is_controller: true,
    losses: { payments: given.losses?.payments ?? "stripe" },
    requirement_collection: given.requirement_collection ?? "stripe",
    stripe_dashboard: { type: given.stripe_dashboard?.type ?? "full" },
    type: "application",
  };
};

/** What a standard account can do is chosen by its owner; these two come by themselves. */
const requestedBy = (kind: Kind, now: number): Record<string, number> =>
  kind === "standard" ? { card_payments: now, transfers: now } : {};

/** Connects a new account to this one; its world begins when it is first used. */
export const connectAccount = (world: World, ctx: Context, fields: NewAccount): Account => {
  if (world.connected)
    throw invalidRequest("You can only create new accounts if you've signed up for Connect.");
  const kind = kindOf(fields);
  const country = fields.country ?? String(world.account.country ?? "US");
  const id = `acct_1${ctx.ids.secret(15)}`;
  const account: Account = {
    ...platformAccount(seconds(ctx)),
    id,
    business_profile: { ...platformAccount(0).business_profile, name: null } as BusinessProfile,
    business_type: null,
    controller: controllerOf(kind, fields.controller),
    country,
    default_currency: fields.default_currency ?? currencyOf(country),
    email: null,
    external_accounts: {
      object: "list",
      data: [],
      has_more: false,
      url: `/v1/accounts/${id}/external_accounts`,
    },
    metadata: mergeMetadata({}, fields.metadata),
    tos_acceptance: { date: null, ip: null, user_agent: null },
    type: kind,
  };
  const seller: Seller = {
    told: [],
    requested: requestedBy(kind, seconds(ctx)),
    submitted: false,
    rejected: null,
  };
  tell(world, ctx, account, fields, seller);
  world.hidden.sellers[id] = seller;
  refreshAccount(world, account);
  world.accounts[id] = account;
  return account;
};

/** The application that a platform is to the accounts connected to it. */
export const applicationOf = (platform: string): string => platform.replace("acct_1", "ca_");

/**
 * Forgets a connected account, and with it its world. The last that the platform hears of it is that it may no longer
 * act for it. https://docs.stripe.com/connect/webhooks
 */
export const disconnectAccount = (world: World, ctx: Context, id: string): void => {
  const account = need(world.accounts, "account", id);
  const application = {
    id: applicationOf(world.account.id),
    object: "application",
    name: world.account.business_profile?.name ?? null,
  };
  delete world.accounts[id];
  delete world.hidden.sellers[id];
  send(world, ctx, {
    to: id,
    account,
    run: (own, there) => void emit(own, there, "account.application.deauthorized", application),
  });
};
