import { BillingError, type CheckoutChoice, type CheckoutRecord, decideCheckout } from "@tollgate/core";
import { type CheckoutResponse, checkoutRequest } from "@tollgate/core/contract";
import type { BillingContext } from "../billing-context.js";
import { slotOf } from "../checkouts/checkout-slot.js";
import { type CheckoutPlan, openCheckout } from "../checkouts/open-checkout.js";
import { fingerprintOf, toChoice, toLanding } from "../checkouts/plan-checkout.js";
import { reuseCheckout } from "../checkouts/reuse-checkout.js";
import { ensureCustomer } from "../customers/ensure-customer.js";
import { defineHandler } from "../http/define-handler.js";
import { applyUnmatchedEvents } from "../webhook/apply-unmatched.js";

/** A try is lost only to another click of the same customer that came first. */
const tries = 4;

/** POST /checkout: one open checkout per customer and slot, however often and wherever it is clicked. */
export const startCheckout = defineHandler({
  input: checkoutRequest,
  role: "manager",
  limit: "sessions",
  run: async ({ context, identity, input }): Promise<CheckoutResponse> => {
    const choice = toChoice(context.catalog, input);
    const landing = toLanding(context, input);
    // Before a customer is created for a choice that is refused anyway.
    await decide(context, identity.id, choice);
    const link = await ensureCustomer(context, identity);
    await applyUnmatchedEvents(context, link);
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const offer = await decide(context, identity.id, choice);
      const fingerprint = await fingerprintOf(context.catalog, offer, landing);
      const record = await reuseOrOpen(context, {
        link,
        offer,
        slot: slotOf(offer),
        fingerprint,
        ...landing,
      });
      if (record !== null) return toResponse(record);
    }
    throw new BillingError("provider_unavailable", "Too many checkouts are being opened at once. Try again.");
  },
});

async function decide(context: BillingContext, customerId: string, choice: CheckoutChoice) {
  const store = await context.openStore();
  const subscriptions = await store.listSubscriptions(customerId);
  return decideCheckout({ catalog: context.catalog, subscriptions, choice });
}

async function reuseOrOpen(context: BillingContext, plan: CheckoutPlan): Promise<CheckoutRecord | null> {
  const store = await context.openStore();
  const latest = await store.findLatestCheckout(plan.link.customerId, plan.slot);
  const reused = latest && (await reuseCheckout(context, plan, latest));
  return reused ?? openCheckout(context, plan, latest);
}

function toResponse({ id, url, expiresAt }: CheckoutRecord): CheckoutResponse {
  if (url === null) throw new BillingError("provider_unavailable", "The checkout has no page. Try again.");
  return { id, kind: "hosted", url, expiresAt };
}
