import { BillingError, type Catalog, type Taxed } from "@tollgate/core";
import { type BillingTerms, isTaxCode } from "../client/stripe-terms.js";

type Terms = Pick<BillingTerms, "managed" | "taxBehavior" | "taxCode">;

/**
 * The catalog with what the options say of taxes wherever it says nothing itself.
 *
 * @throws BillingError `invalid_catalog` for a code that Stripe does not have, and, where Stripe sells itself, for
 * something for sale without one
 */
export function withTaxDefaults(catalog: Catalog, terms: Terms): Catalog {
  const plans = Object.entries(catalog.plans).map(([id, plan]) => {
    const isSold = plan.prices !== undefined && plan.retired !== true;
    return [id, { ...plan, ...taxOf(`plans.${id}`, plan, isSold, terms) }] as const;
  });
  const products = Object.entries(catalog.products).map(([id, product]) => {
    return [id, { ...product, ...taxOf(`products.${id}`, product, true, terms) }] as const;
  });
  const addOns = Object.entries(catalog.addOns ?? {}).map(([id, addOn]) => {
    return [id, { ...addOn, ...taxOf(`addOns.${id}`, addOn, addOn.retired !== true, terms) }] as const;
  });
  return {
    ...catalog,
    plans: Object.fromEntries(plans),
    products: Object.fromEntries(products),
    ...(catalog.addOns && { addOns: Object.fromEntries(addOns) }),
  };
}

function taxOf(path: string, own: Taxed, isSold: boolean, terms: Terms): Taxed {
  const taxCode = own.taxCode ?? terms.taxCode;
  const taxBehavior = own.taxBehavior ?? terms.taxBehavior;
  if (taxCode !== undefined && !isTaxCode(taxCode)) refuseCode(path, "must be like txcd_10103001");
  if (taxCode === undefined && isSold && terms.managed) {
    refuseCode(
      path,
      "is missing: Managed Payments sell nothing without the code of something digital " +
        "(https://docs.stripe.com/payments/managed-payments/eligibility)",
    );
  }
  return { ...(taxCode !== undefined && { taxCode }), ...(taxBehavior !== undefined && { taxBehavior }) };
}

function refuseCode(path: string, what: string): never {
  const details = { path: `${path}.taxCode` };
  throw new BillingError("invalid_catalog", `In the catalog, ${path}.taxCode ${what}.`, { details });
}
