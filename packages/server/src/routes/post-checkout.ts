import { BillingError, type CustomerLink, seatsInUse } from "@tollgate/core";
import type { CheckoutContext } from "../checkouts/checkout-options.js";
import { chooseKind } from "../checkouts/choose-kind.js";
import { closeCheckout } from "../checkouts/close-checkout.js";
import { clearTrial, findCurrency, untried, withoutIntro } from "../checkouts/decide-offer.js";
import {
  type Buyer,
  type CheckoutPlan,
  type OpenCheckout,
  openCheckout,
} from "../checkouts/open-checkout.js";
import { toChoice, toLanding } from "../checkouts/plan-checkout.js";
import { reuseCheckout } from "../checkouts/reuse-checkout.js";
import type { CatalogContext } from "../context/billing-context.js";
import type { Identity } from "../context/identity.js";
import { ensureCustomer } from "../customers/ensure-customer.js";
import { forgetCustomer, isCustomerMissing } from "../customers/forget-customer.js";
import { limitRate } from "../limits/limit-rate.js";
import { applyUnmatchedEvents } from "../sync/apply-unmatched.js";
import { waitForTurn } from "../sync/wait-for-turn.js";
import { defineHandler } from "./define-handler.js";
import { type CheckoutWish, decidePromotionOf, decidePurchase, toPlan } from "./plan-purchase.js";
import { toCheckoutResponse } from "./to-checkout-response.js";

/** An attempt loses only to another click of the same customer that came first. */
const tries = 8;

/** POST /checkout: one open checkout per customer and slot, however often and wherever it is clicked. */
export const postCheckout = defineHandler("POST /checkout", async ({ parts, open, identity, input }) => {
  const context = await open();
  const billedIn = input.currency === undefined ? await findCurrency(context, identity.id) : null;
  const choice = toChoice(
    context.catalog,
    input,
    billedIn,
    seatsInUse(await context.store.listSeats(identity.id)),
  );
  const kind = chooseKind(context.provider, input.kind);
  const landing = toLanding(parts, input);
  const wish = { choice, kind, landing, promotionCode: input.promotionCode ?? null };
  // It would tell as much about codes as the route that checks them.
  if (wish.promotionCode !== null) await limitRate({ ...parts, open }, identity, "promotion_codes");
  // Before a customer is created for a choice that is refused anyway.
  await decidePurchase(context, identity.id, wish);
  let link = await ensureCustomer(context, identity);
  if (link !== null) await applyUnmatchedEvents(context, link);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    try {
      const opened = await tryCheckout(context, toBuyer(identity, link), wish);
      if (opened !== null) return toCheckoutResponse(kind, opened);
      await waitForTurn(attempt);
    } catch (error) {
      if (link === null || !isCustomerMissing(error)) throw error;
      await forgetCustomer(context, link);
      link = await ensureCustomer(context, identity);
    }
  }
  throw new BillingError("provider_unavailable", "Too many checkouts are being opened at once. Try again.");
});

function toBuyer({ id: customerId }: Identity, link: CustomerLink | null): Buyer {
  return { customerId, providerCustomerId: link?.providerCustomerId ?? null };
}

/** `null` when something changed meanwhile: decide again. */
async function tryCheckout(
  context: CheckoutContext,
  buyer: Buyer,
  wish: CheckoutWish,
): Promise<OpenCheckout | null> {
  const purchase = await decidePurchase(context, buyer.customerId, wish);
  const plan = await toPlan(context, buyer, purchase, wish);
  const latest = await context.store.findLatestCheckout(buyer.customerId, plan.slot);
  // It offers the trial itself: what can't be closed is used again.
  const isSame = latest?.status === "open" && latest.fingerprint === plan.fingerprint;
  if (isSame && context.provider.checkout.close === undefined) return reuseOrOpen(context, plan);
  const { offer } = purchase;
  const trial = await clearTrial(context, buyer.customerId, offer);
  if (trial === "changed") return null;
  if (trial === "free" || offer.kind === "product") return reuseOrOpen(context, plan);
  const plain = withoutIntro(untried(offer));
  const promotion = await decidePromotionOf(context, buyer.customerId, plain, wish);
  return reuseOrOpen(context, await toPlan(context, buyer, { offer: plain, promotion }, wish));
}

async function reuseOrOpen(context: CheckoutContext, plan: CheckoutPlan): Promise<OpenCheckout | null> {
  const { store } = context;
  const latest = await store.findLatestCheckout(plan.buyer.customerId, plan.slot);
  const reused = latest && (await reuseCheckout(context, plan, latest));
  if (reused !== null) return reused;
  try {
    return await openCheckout(context, plan, latest);
  } catch (error) {
    if (await makeWay(context, plan, error)) return null;
    throw error;
  }
}

/**
 * Closes the customer's open checkouts of other plans after the provider refused to bill in a second currency:
 * one that was left open in another counts as well.
 *
 * @returns whether there were any; otherwise the refusal stands
 */
async function makeWay(
  context: CatalogContext,
  { buyer, slot }: CheckoutPlan,
  refusal: unknown,
): Promise<boolean> {
  if (!(refusal instanceof BillingError) || refusal.code !== "currency_conflict") return false;
  const { provider, store } = context;
  const open = await store.listOpenCheckouts(buyer.customerId);
  const own = open.filter((one) => one.provider === provider.id && one.slot !== slot);
  const others = own.filter((one) => one.slot.startsWith("plan:"));
  for (const other of others) await closeCheckout(context, other);
  return others.length > 0;
}
