import type { Catalog, TrialEnd } from "../catalog/catalog.js";
import { isHidden } from "../catalog/catalog-for.js";
import { checkQuantity } from "../catalog/check-quantity.js";
import { introOf } from "../catalog/intro.js";
import { findPlan, groupOf, maximumQuantity, pricesOf } from "../catalog/prices.js";
import { inOrder, sellAddOn } from "../catalog/sell-add-on.js";
import type { CheckoutRecord } from "../language/checkout-record.js";
import { BillingError } from "../language/errors.js";
import { holderOf, otherCurrency } from "../language/holder-of.js";
import type { Interval } from "../language/interval.js";
import type { IntroTerms } from "../language/intro-terms.js";
import type { Currency } from "../language/money.js";
import type { SeatsInUse } from "../language/seats.js";
import type { AddOnQuantities, Subscription } from "../language/subscription.js";
import { checkInUse } from "../seats/check-in-use.js";
import { isIntroUsed } from "./decide-intro.js";
import { isTrialUsed } from "./decide-trial.js";

/** What a browser may choose; everything else is the server's. */
export type CheckoutChoice =
  | {
      readonly planId: string;
      readonly interval: Interval;
      readonly currency: Currency;
      readonly quantity: number;
      /** How many of each add-on; 0 is none. @default none */
      readonly addOns?: AddOnQuantities | undefined;
    }
  | { readonly productId: string; readonly currency: Currency; readonly quantity: number };

/** What the provider is asked to sell. */
export type CheckoutOffer =
  | {
      readonly kind: "subscription";
      readonly planId: string;
      readonly group: string;
      readonly interval: Interval;
      readonly currency: Currency;
      readonly quantity: number;
      /** In days; 0 when the plan has no trial or the customer has used theirs: see `decideTrial`. */
      readonly trialDays: number;
      /** What the trial costs, in minor units, when it begins; absent: nothing. */
      readonly trialPrice?: number;
      /** What becomes of the trial if there is no payment method when it ends; absent: one is asked for first. */
      readonly trialWithoutCard?: TrialEnd;
      /** What the first payments for the plan are reduced by; absent: nothing. Never together with a trial. */
      readonly intro?: IntroTerms;
      /** How many of each add-on are sold with it; absent: none. */
      readonly addOns?: AddOnQuantities;
    }
  | {
      readonly kind: "product";
      readonly productId: string;
      readonly currency: Currency;
      readonly quantity: number;
    };

/**
 * Whether a customer may start this checkout, and with which trial or intro.
 *
 * @throws BillingError `unknown_plan`, `unknown_product`, `unknown_price` (no such interval or currency),
 * `plan_not_for_sale` (free, by hand, or retired), `invalid_quantity`, `unknown_add_on` (its details name the `reason`), `already_subscribed` when a running subscription
 * holds a plan of the plan's group, on any of its lines: that one is changed in the portal instead of bought twice;
 * `already_owned` for a product that is sold once; `currency_conflict` when the seller bills one of another group in
 * another currency, its details naming the one that is `required`.
 * @example
 * decideCheckout({
 *   catalog: plans,
 *   subscriptions: [],
 *   choice: { planId: "pro", interval: "month", currency: "usd", quantity: 1 },
 * }); // { kind: "subscription", planId: "pro", group: "main", trialDays: 14, … }
 */
export function decideCheckout(input: {
  readonly catalog: Catalog;
  readonly subscriptions: readonly Subscription[];
  /** Those that offer or gave a trial or an intro. @default none */
  readonly trialCheckouts?: readonly CheckoutRecord[];
  /** How many of each product were bought. @default none */
  readonly owned?: Readonly<Record<string, number>>;
  readonly choice: CheckoutChoice;
  /** How many members take seats, by plan group. @default nobody said */
  readonly seatsInUse?: SeatsInUse;
  /** The provider that would sell it. @default there is only one */
  readonly seller?: string;
}): CheckoutOffer {
  const { choice } = input;
  return "productId" in choice ? decideProduct(input, choice) : decidePlan(input, choice);
}

function decidePlan(
  {
    catalog,
    subscriptions,
    trialCheckouts: checkouts = [],
    seller,
    seatsInUse = {},
  }: Parameters<typeof decideCheckout>[0],
  { planId, interval, currency, quantity, addOns: wanted = {} }: Extract<CheckoutChoice, { planId: string }>,
): CheckoutOffer {
  const plan = findPlan(catalog, planId);
  if (plan === undefined || isHidden(plan))
    throw new BillingError("unknown_plan", "There is no such plan.", { details: { planId } });
  if (plan.prices === undefined || plan.retired) {
    throw new BillingError("plan_not_for_sale", `The plan ${plan.name} can't be bought online.`, {
      details: { planId },
    });
  }
  const price = pricesOf(planId, plan).find((one) => one.interval === interval && one.currency === currency);
  if (price === undefined) {
    throw new BillingError(
      "unknown_price",
      `The plan ${plan.name} has no price per ${interval} in this currency.`,
      {
        details: { planId, interval, currency },
      },
    );
  }
  const { minimumQuantity: minimum, maximumQuantity: maximum, quantityStep } = price;
  checkQuantity(quantity, minimum, maximum ?? maximumQuantity, quantityStep);
  checkInUse(price, quantity, seatsInUse[groupOf(plan)]);
  const addOns = Object.entries(inOrder(catalog, wanted));
  for (const [addOnId, count] of addOns) {
    sellAddOn(catalog, { addOnId, quantity: count }, { planId, interval, currency });
  }
  const group = groupOf(plan);
  if (holderOf(subscriptions, group) !== null) {
    throw new BillingError(
      "already_subscribed",
      "You already have a subscription. Change it instead of buying a second one.",
      {
        details: { planId },
      },
    );
  }
  checkCurrency(subscriptions, currency, seller ?? null);
  const trialDays = isTrialUsed({ subscriptions, checkouts }) ? 0 : (plan.trialDays ?? 0);
  const sold = addOns.length > 0 && { addOns: Object.fromEntries(addOns) };
  const terms = { kind: "subscription", planId, group, interval, currency, quantity, trialDays } as const;
  const { trialWithoutCard } = plan;
  const trial = trialDays > 0 && trialWithoutCard !== undefined && { trialWithoutCard };
  const intro = isIntroUsed({ subscriptions, checkouts }) ? null : introOf(plan, interval, currency);
  const trialPrice = trialDays > 0 ? plan.trialPrice?.[currency] : undefined;
  const paid = trialPrice !== undefined && { trialPrice };
  return { ...terms, ...paid, ...trial, ...(intro !== null && { intro }), ...sold };
}

function checkCurrency(
  subscriptions: readonly Subscription[],
  currency: Currency,
  seller: string | null,
): void {
  const required = otherCurrency(subscriptions, currency, seller);
  if (required === null) return;
  throw new BillingError(
    "currency_conflict",
    `Your subscription is billed in ${required.toUpperCase()}, and so must be what is added to it.`,
    { details: { currency, required } },
  );
}

function decideProduct(
  { catalog, owned = {} }: Parameters<typeof decideCheckout>[0],
  { productId, currency, quantity }: Extract<CheckoutChoice, { productId: string }>,
): CheckoutOffer {
  const product = Object.hasOwn(catalog.products, productId) ? catalog.products[productId] : undefined;
  if (product === undefined) {
    throw new BillingError("unknown_product", "There is no such product.", { details: { productId } });
  }
  if (!Object.hasOwn(product.price, currency)) {
    throw new BillingError("unknown_price", `${product.name} has no price in this currency.`, {
      details: { productId, currency },
    });
  }
  checkQuantity(quantity, 1, product.once ? 1 : maximumQuantity);
  if (product.once && Object.hasOwn(owned, productId) && owned[productId] !== 0) {
    throw new BillingError("already_owned", `You own ${product.name} already.`, { details: { productId } });
  }
  return { kind: "product", productId, currency, quantity };
}
