import type { AddOnId, Catalog, CreditId, FeatureId, ProductId } from "../catalog/catalog.js";
import type { CreditsSummary } from "../language/credits.js";
import type { AccessState } from "./access-state.js";
import type { AccessCheck } from "./check-feature.js";
import { explainCheck } from "./explain-check.js";
import { ownsProduct } from "./owns-product.js";

/** What a customer may use now, with a question for each feature. */
export interface Access<
  F extends string = string,
  R extends string = string,
  A extends string = string,
  K extends string = string,
> {
  readonly state: AccessState;
  /** The plan whose features are open now, or `null`. */
  readonly planId: string | null;
  /** How many of which add-on are open now: `access.addOns.storage ?? 0`. */
  readonly addOns: { readonly [X in A]?: number };
  /**
   * What is left of the catalog's credits when it was read: `access.credits.tokens?.available ?? 0`. To use them ask
   * `billing.credits`, which decides at that moment.
   */
  readonly credits: { readonly [X in K]?: CreditsSummary };
  /**
   * Whether one more is allowed. For a `limit` feature pass how many exist, because the app counts:
   * `access.check("projects", { used: 3 })`. Without a count it says whether the plan grants any.
   *
   * @throws BillingError `unknown_feature` when the catalog has no such feature.
   */
  check(feature: F, count?: { readonly used: number }): AccessCheck;
  /**
   * Whether a product was bought, and paid for, at least once. A refund does not take it away.
   *
   * @throws BillingError `unknown_product` when the catalog has no such product.
   */
  owns(product: R): boolean;
  /** Plain data, to hand to the browser as `initialAccess`. */
  toJSON(): AccessState;
}

/**
 * Puts questions on top of an access state; the same on the server and in the browser.
 *
 * @example
 * const access = createAccess<typeof plans>(
 *   decideAccess({ catalog: plans, customer: null, subscriptions: [], now: new Date() }),
 * );
 * access.check("export"); // { allowed: false, reason: "signed_out", upgradeTo: "pro", … }
 */
export function createAccess<C extends Catalog = Catalog>(
  state: AccessState,
): Access<FeatureId<C>, ProductId<C>, AddOnId<C>, CreditId<C>> {
  return {
    state,
    planId: state.planId,
    // The types of the catalog's names are narrower than what travels as JSON.
    addOns: (state.addOns ?? {}) as { readonly [K in AddOnId<C>]?: number },
    credits: (state.credits ?? {}) as { readonly [X in CreditId<C>]?: CreditsSummary },
    check: (feature, count) => explainCheck(state.features, feature, count),
    owns: (product) => ownsProduct(state.owned, product),
    toJSON: () => state,
  };
}
