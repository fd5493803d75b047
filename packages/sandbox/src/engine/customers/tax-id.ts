import type { Context } from "../world/context.js";
import { emit } from "../world/emit.js";
import { need } from "../world/find.js";
import { ownedBy } from "../world/owned-rows.js";
import type { Rows } from "../world/rows.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { TaxId } from "../world/wire.js";
import type { World } from "../world/world.js";
import { needCustomer } from "./customer.js";
import { addTaxId, checkTaxId, type NewTaxId } from "./give-tax-id.js";

const ownerOf = (world: World, given: NewTaxId["owner"]): NonNullable<TaxId["owner"]> => {
  if (given?.type !== "customer") return { customer_account: null, type: given?.type ?? "self" };
  if (!given.customer)
    throw invalidRequest("Missing required param: owner[customer].", "parameter_missing", "owner[customer]");
  const { id } = needCustomer(world, given.customer, "owner[customer]");
  return { customer: id, customer_account: null, type: "customer" };
};

/** Gives a customer, or the account itself, a tax id. */
export const createTaxId = (world: World, ctx: Context, fields: NewTaxId): TaxId => {
  const owner = ownerOf(world, fields.owner);
  checkTaxId(fields);
  return addTaxId(world, atCustomer(world, ctx, owner.customer), owner, fields);
};

/** Removes a tax id; finalized invoices keep it. */
export const deleteTaxId = (world: World, ctx: Context, id: string): void => {
  const taxId = need(world.taxIds, "tax ID", id);
  delete world.taxIds[id];
  if (taxId.customer === null) return;
  emit(world, atCustomer(world, ctx, taxId.customer as string), "customer.tax_id.deleted", taxId);
};

/** The tax ids of a customer, or (null) of the account itself, newest first. */
export const taxIdsOf = (world: World, customer: string | null): Rows<TaxId> =>
  ownedBy(world, "txi", customer ?? undefined).filter((row) => row.customer === customer);
