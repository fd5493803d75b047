import { BillingError, type CheckoutChoice, type CheckoutRecord, type CustomerLink } from "@tollgate/core";
import type { CheckoutResponse } from "@tollgate/core/contract";
import { slotOf } from "../checkouts/checkout-slot.js";
import { decideOffer, findCurrency, hasTrialToItself } from "../checkouts/decide-offer.js";
import { makeWay } from "../checkouts/make-way.js";
import { type CheckoutPlan, openCheckout } from "../checkouts/open-checkout.js";
import { fingerprintOf, type Landing, toChoice, toLanding } from "../checkouts/plan-checkout.js";
import { reuseCheckout } from "../checkouts/reuse-checkout.js";
import type { BillingContext } from "../context/billing-context.js";
import { ensureCustomer } from "../customers/ensure-customer.js";
import { forgetCustomer, isCustomerMissing } from "../customers/forget-customer.js";
import { defineHandler } from "../http/define-handler.js";
import { applyUnmatchedEvents } from "../sync/apply-unmatched.js";
import { waitForTurn } from "../sync/wait-for-turn.js";

/** A try is lost only to another click of the same customer that came first. */
const tries = 8;

/** POST /checkout: one open checkout per customer and slot, however often and wherever it is clicked. */
export const postCheckout = defineHandler("POST /checkout", async ({ context, identity, input }) => {
  const billedIn = input.currency === undefined ? await findCurrency(context, identity.id) : null;
  const choice = toChoice(context.catalog, input, billedIn);
  const landing = toLanding(context, input);
  // Before a customer is created for a choice that is refused anyway.
  await decideOffer(context, identity.id, choice);
  let link = await ensureCustomer(context, identity);
  await applyUnmatchedEvents(context, link);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    try {
      const record = await tryCheckout(context, link, choice, landing);
      if (record !== null) return toResponse(record);
      await waitForTurn(attempt);
    } catch (error) {
      if (!isCustomerMissing(error)) throw error;
      await forgetCustomer(context, link);
      link = await ensureCustomer(context, identity);
    }
  }
  throw new BillingError("provider_unavailable", "Too many checkouts are being opened at once. Try again.");
});

/** `null` when something changed meanwhile: decide again. */
async function tryCheckout(
  context: BillingContext,
  link: CustomerLink,
  choice: CheckoutChoice,
  landing: Landing,
): Promise<CheckoutRecord | null> {
  const offer = await decideOffer(context, link.customerId, choice);
  if (!(await hasTrialToItself(context, link.customerId, offer))) return null;
  const fingerprint = await fingerprintOf(context.catalog, offer, landing);
  return reuseOrOpen(context, { link, offer, slot: slotOf(offer), fingerprint, ...landing });
}

async function reuseOrOpen(context: BillingContext, plan: CheckoutPlan): Promise<CheckoutRecord | null> {
  const store = await context.openStore();
  const latest = await store.findLatestCheckout(plan.link.customerId, plan.slot);
  const reused = latest && (await reuseCheckout(context, plan, latest));
  if (reused !== null) return reused;
  try {
    return await openCheckout(context, plan, latest);
  } catch (error) {
    if (await makeWay(context, plan, error)) return null;
    throw error;
  }
}

function toResponse({ id, url, expiresAt }: CheckoutRecord): CheckoutResponse {
  if (url === null) throw new BillingError("provider_unavailable", "The checkout has no page. Try again.");
  return { id, kind: "hosted", url, expiresAt };
}
