import type Stripe from "stripe";
import { type Context, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Given, TaxId } from "../world/wire.js";
import type { World } from "../world/world.js";

export type NewTaxId = Pick<Given<Stripe.TaxIdCreateParams>, "owner" | "type" | "value">;

/** https://docs.stripe.com/billing/customer/tax-ids#supported-tax-id */
const euVat: Record<string, RegExp> = {
  AT: /^ATU\d{8}$/,
  BE: /^BE[01]\d{9}$/,
  BG: /^BG\d{9,10}$/,
  CY: /^CY\d{8}[A-Z]$/,
  CZ: /^CZ\d{8,10}$/,
  DE: /^DE\d{9}$/,
  DK: /^DK\d{8}$/,
  EE: /^EE\d{9}$/,
  EL: /^EL\d{9}$/,
  ES: /^ES[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^FI\d{8}$/,
  FR: /^FR[A-Z0-9]{2}\d{9}$/,
  HR: /^HR\d{11}$/,
  HU: /^HU\d{8}$/,
  IE: /^IE\d[A-Z0-9]\d{5}[A-Z]{1,2}$/,
  IT: /^IT\d{11}$/,
  LT: /^LT(\d{9}|\d{12})$/,
  LU: /^LU\d{8}$/,
  LV: /^LV\d{11}$/,
  MT: /^MT\d{8}$/,
  NL: /^NL\d{9}B\d{2}$/,
  PL: /^PL\d{10}$/,
  PT: /^PT\d{9}$/,
  RO: /^RO\d{2,10}$/,
  SE: /^SE\d{12}$/,
  SI: /^SI\d{8}$/,
  SK: /^SK\d{10}$/,
  XI: /^XI(\d{9}|\d{12})$/,
};

const plain = (value: string): string => value.toUpperCase().replaceAll(/[\s.-]/g, "");

const looksRight = (type: string, value: string): boolean => {
  const written = plain(value);
  if (type === "eu_vat") return euVat[written.slice(0, 2)]?.test(written) ?? false;
  if (type === "gb_vat") return /^GB(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/.test(written);
  return written !== "";
};

/** `DE` of the VAT number DE123456789, `BR` of a `br_cnpj`; Greece writes its numbers with EL. */
const countryOf = (type: string, value: string): string | null => {
  if (type !== "eu_vat") return type === "eu_oss_vat" ? null : type.slice(0, 2).toUpperCase();
  const prefix = plain(value).slice(0, 2);
  if (prefix === "EL") return "GR";
  return prefix === "XI" ? "GB" : prefix;
};

type Verification = NonNullable<TaxId["verification"]>;

/** What Stripe verifies with the authorities. */
const verifiable = ["au_abn", "eu_vat", "gb_vat"];

const undecided = (status: "pending" | "unavailable" | "unverified"): Verification => ({
  status,
  verified_address: null,
  verified_name: null,
});

/**
 * The numbers that fail or stay pending are Stripe's:
 * https://docs.stripe.com/billing/customer/tax-ids#testing
 */
const verify = (value: string): Verification => {
  const digits = plain(value).replaceAll(/\D/g, "");
  if (digits.startsWith("111111111")) return undecided("unverified");
  if (digits.startsWith("222222222")) return undecided("pending");
  return { status: "verified", verified_address: "123 TEST STREET", verified_name: "TEST NAME" };
};

/** Refuses a number that can't be one of its type; `within` is the parameter that it is in. */
export const checkTaxId = ({ type, value }: Pick<NewTaxId, "type" | "value">, within?: string): void => {
  if (!looksRight(type, value))
    throw invalidRequest(`Invalid value for ${type}.`, "tax_id_invalid", within ?? "value");
};

/**
 * Adds a tax id that has been checked. What the authorities say about it comes at once here; at Stripe it
 * takes a while.
 */
export const addTaxId = (
  world: World,
  ctx: Context,
  owner: NonNullable<TaxId["owner"]>,
  { type, value }: Pick<NewTaxId, "type" | "value">,
): TaxId => {
  const taxId: TaxId = {
    id: ctx.ids.id("txi"),
    object: "tax_id",
    country: countryOf(type, value),
    created: seconds(ctx),
    customer: owner.customer ?? null,
    customer_account: null,
    livemode: false,
    owner,
    type,
    value,
    verification: undecided(verifiable.includes(type) ? "pending" : "unavailable"),
  };
  world.taxIds[taxId.id] = taxId;
  if (taxId.customer === null) return taxId;
  emit(world, ctx, "customer.tax_id.created", taxId);
  if (taxId.verification?.status !== "pending") return taxId;
  return change(world, ctx, "customer.tax_id.updated", taxId, (draft) => {
    draft.verification = verify(draft.value);
  });
};

/** Gives a customer a tax id that has been checked. */
export const giveTaxId = (
  world: World,
  ctx: Context,
  customer: string,
  fields: Pick<NewTaxId, "type" | "value">,
): TaxId => addTaxId(world, ctx, { customer, customer_account: null, type: "customer" }, fields);
