import type Stripe from "stripe";
import type { Context } from "../world/context.js";
import { emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Given, Price, TaxSettings } from "../world/wire.js";
import type { World } from "../world/world.js";

export type TaxSettingsFields = Omit<Given<Stripe.Tax.SettingsUpdateParams>, "expand">;

const nowhere = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

const statusOf = (headOffice: TaxSettings["head_office"]): Pick<TaxSettings, "status" | "status_details"> =>
  headOffice
    ? { status: "active", status_details: { active: {} } }
    : { status: "pending", status_details: { pending: { missing_fields: ["head_office"] } } };

/** An account's own, or those that it starts with: ready, or as a new account's at Stripe. */
export const taxSettings = (world: World): TaxSettings => {
  const own = find(world.taxSettings, "own");
  if (own) return own;
  const { taxReady } = world.settings;
  const country = typeof world.account.country === "string" ? world.account.country : "US";
  const head_office = taxReady ? { address: { ...nowhere, country } } : null;
  return {
    object: "tax.settings",
    defaults: { provider: "stripe", tax_behavior: taxReady ? "exclusive" : null, tax_code: null },
    head_office,
    livemode: false,
    ...statusOf(head_office),
  };
};

/** Changes what taxes are calculated with; nothing can be taken away again. */
export const updateTaxSettings = (world: World, ctx: Context, fields: TaxSettingsFields): TaxSettings => {
  const now = taxSettings(world);
  const head_office = fields.head_office
    ? { address: { ...nowhere, ...fields.head_office.address } }
    : now.head_office;
  const { tax_behavior = now.defaults.tax_behavior, tax_code = now.defaults.tax_code } =
    fields.defaults ?? {};
  const settings: TaxSettings = {
    ...now,
    defaults: { ...now.defaults, tax_behavior, tax_code },
    head_office,
    ...statusOf(head_office),
  };
  world.taxSettings.own = settings;
  emit(world, ctx, "tax.settings.updated", settings);
  return settings;
};

/**
 * Refuses automatic tax of an account without a place of its own, in the words that public code quotes of Stripe.
 * https://docs.stripe.com/tax/settings-api
 */
export const needHeadOffice = (world: World): void => {
  if (taxSettings(world).status === "active") return;
  throw invalidRequest(
    "You must have a valid head office address to enable automatic tax calculation in test mode.  Visit " +
      "https://dashboard.stripe.com/test/settings/tax to update it.",
  );
};

/** Whether a price contains its tax: as it says itself, or else as the account does; null if neither says. */
export const containsTax = (
  world: World,
  price: Pick<Price, "tax_behavior"> | undefined,
  currency: string,
): boolean | null => {
  const own = price?.tax_behavior;
  if (own === "inclusive" || own === "exclusive") return own === "inclusive";
  const otherwise = taxSettings(world).defaults.tax_behavior;
  // https://docs.stripe.com/tax/products-prices-tax-categories-tax-behavior#setting-a-default-tax-behavior-(recommended)
  if (otherwise === "inferred_by_currency") return currency !== "usd" && currency !== "cad";
  return otherwise === null ? null : otherwise === "inclusive";
};

/** As recorded in https://github.com/stripe-samples/firebase-subscription-payments/issues/48 */
export const needTaxBehavior = (world: World, price: Price): void => {
  if (containsTax(world, price, price.currency) !== null) return;
  throw invalidRequest(
    `The price \`${price.id}\` does not have a \`tax_behavior\` set which is required for automatic tax ` +
      "computation. Please visit " +
      "https://stripe.com/docs/tax/products-prices-tax-categories-tax-behavior#tax-behavior for more information.",
  );
};
