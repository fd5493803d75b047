import type { BillingProvider } from "@tollgate/core";
import type { CatalogContext } from "../context/billing-context.js";
import { refuseOption } from "../context/refuse-option.js";

/** What checkouts ask for and offer. */
export interface CheckoutOptions {
  /**
   * Whether people may type a promotion code on the provider's page, where `POST /checkout` named none. What it takes off is
   * shown there only. @default false
   */
  readonly codesOnPage?: boolean;
}

/** The same, with defaults. */
export type CheckoutRules = Required<CheckoutOptions>;

/** What checkouts are opened with. */
export interface CheckoutContext extends CatalogContext {
  readonly checkoutRules: CheckoutRules;
}

/** @throws BillingError `invalid_options` */
export function toCheckoutRules(
  { codesOnPage = false }: CheckoutOptions = {},
  { checkout }: BillingProvider,
): CheckoutRules {
  if (typeof codesOnPage !== "boolean") refuseOption("checkout.codesOnPage", "must be true or false");
  if (codesOnPage && checkout.promotions?.onPage !== true) {
    refuseOption("checkout.codesOnPage", "can't be true: the provider's page takes no codes");
  }
  return { codesOnPage };
}
