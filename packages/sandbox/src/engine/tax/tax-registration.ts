import type Stripe from "stripe";
import { type Context, seconds } from "../world/context.js";
import { find } from "../world/find.js";
import { invalidRequest, missing } from "../world/stripe-error.js";
import type { Given, TaxRegistration } from "../world/wire.js";
import type { World } from "../world/world.js";
import { isUnion, seededRegistrations, taxCountries } from "./seeded-registrations.js";

export type NewTaxRegistration = Omit<Given<Stripe.Tax.RegistrationCreateParams>, "expand">;
export type TaxRegistrationFields = Omit<Given<Stripe.Tax.RegistrationUpdateParams>, "expand">;
/** Where somebody is taxed. */
export type Place = { country: string; state: string | null };

type Status = "active" | "expired" | "scheduled";

const statusAt = ({ active_from, expires_at }: TaxRegistration, now: number): Status => {
  if (expires_at !== null && expires_at <= now) return "expired";
  return active_from > now ? "scheduled" : "active";
};

const shownAt = (row: TaxRegistration, now: number): TaxRegistration => ({
  ...row,
  status: statusAt(row, now),
});

/** An account's registrations at a time in seconds: its own, and those that it has from the start. */
export const registrationsOf = (world: World, now: number): TaxRegistration[] => {
  const own = Object.values(world.taxRegistrations).reverse();
  const seeds = world.settings.taxReady ? seededRegistrations() : [];
  const untouched = seeds.filter(({ id }) => !find(world.taxRegistrations, id));
  return [...own, ...untouched].map((row) => shownAt(row, now));
};

export const needRegistration = (world: World, ctx: Context, id: string): TaxRegistration => {
  const row = registrationsOf(world, seconds(ctx)).find((one) => one.id === id);
  if (!row) throw missing("tax registration", id, "id");
  return row;
};

type Options = { type?: string; state?: string };

const optionsOf = ({ country, country_options: all }: TaxRegistration): Options =>
  (all as Record<string, Options>)[country.toLowerCase()] ?? {};

/** Whether the account collects at a place: where it does not, Stripe says so and taxes nothing. */
export const isRegistered = (world: World, { country, state }: Place, now: number): boolean => {
  if (world.settings.taxReady && Object.keys(world.taxRegistrations).length === 0)
    return taxCountries.includes(country.toLowerCase());
  return registrationsOf(world, now).some((row) => {
    if (row.status !== "active") return false;
    const { type = "", state: registered } = optionsOf(row);
    if (isUnion(row.country) && /^(oss_|ioss)/.test(type)) return isUnion(country);
    if (row.country !== country) return false;
    // Known by its postal code only, a place may be in any state.
    return registered === undefined || state === null || registered === state.toUpperCase();
  });
};

const timeOf = (given: number | "now" | undefined, ctx: Context): number =>
  typeof given === "number" ? given : seconds(ctx);

/** Registers the account somewhere. */
export const createTaxRegistration = (
  world: World,
  ctx: Context,
  fields: NewTaxRegistration,
): TaxRegistration => {
  const code = fields.country.toLowerCase();
  const options = (fields.country_options as Record<string, object>)[code];
  if (!taxCountries.includes(code))
    throw invalidRequest(`Invalid country: ${fields.country}`, undefined, "country");
  if (!options)
    throw invalidRequest(
      `Missing required param: country_options[${code}].`,
      "parameter_missing",
      `country_options[${code}]`,
    );
  const row: TaxRegistration = {
    id: ctx.ids.id("taxreg"),
    object: "tax.registration",
    active_from: timeOf(fields.active_from, ctx),
    country: code.toUpperCase(),
    country_options: { [code]: structuredClone(options) },
    created: seconds(ctx),
    expires_at: fields.expires_at ?? null,
    livemode: false,
    status: "active",
  };
  world.taxRegistrations[row.id] = row;
  return shownAt(row, seconds(ctx));
};

/** Changes when a registration begins or ends: https://docs.stripe.com/api/tax/registrations/update */
export const updateTaxRegistration = (
  world: World,
  ctx: Context,
  id: string,
  { active_from, expires_at }: TaxRegistrationFields,
): TaxRegistration => {
  const row = structuredClone(needRegistration(world, ctx, id));
  if (active_from !== undefined) row.active_from = timeOf(active_from, ctx);
  if (expires_at !== undefined) row.expires_at = expires_at === null ? null : timeOf(expires_at, ctx);
  world.taxRegistrations[id] = row;
  return shownAt(row, seconds(ctx));
};
