import {
  BillingError,
  type CheckoutKind,
  type CheckoutOffer,
  type CheckoutRecord,
  type Promotion,
} from "@tollgate/core";
import { underKey } from "../idempotency/under-key.js";
import type { CheckoutContext } from "./checkout-options.js";
import { staysOpenAt, trialDaysOf } from "./decide-offer.js";

/** Who buys. */
export interface Buyer {
  readonly customerId: string;
  /** `null` where the checkout makes the provider's customer, and they have none yet. */
  readonly providerCustomerId: string | null;
}

/** A checkout that may be opened, with everything that makes it what it is. */
export interface CheckoutPlan {
  readonly buyer: Buyer;
  readonly offer: CheckoutOffer;
  /** `null`: no code was given. */
  readonly promotion: Promotion | null;
  readonly kind: CheckoutKind;
  readonly slot: string;
  /** A digest of offer, prices and URLs: an open checkout with the same digest may be reused. */
  readonly fingerprint: string;
  readonly successUrl: string;
  readonly cancelUrl: string;
}

/** A checkout that can be paid now. */
export interface OpenCheckout extends CheckoutRecord {
  /** What a page of the app opens it with; `null` where it has a page of its own. Never stored. */
  readonly clientSecret: string | null;
}

/**
 * Creates a checkout after `latest`, the slot's latest known one, and saves it if that is still the latest. Two
 * instances that do this at once with the same plan send the same idempotency key and get the same checkout, as does
 * whoever tries again after a crash before the save.
 *
 * @returns `null` when another checkout was saved meanwhile, or one that offers the trial in another slot;
 * this one is closed at the provider then
 */
export async function openCheckout(
  context: CheckoutContext,
  plan: CheckoutPlan,
  latest: CheckoutRecord | null,
): Promise<OpenCheckout | null> {
  const { buyer, offer, kind, promotion, slot, fingerprint, successUrl, cancelUrl } = plan;
  const { customerId, providerCustomerId } = buyer;
  const { database } = context.owner;
  const codesOnPage = promotion === null && context.checkoutRules.codesOnPage;
  const purpose = [
    "checkout",
    customerId,
    providerCustomerId ?? "",
    slot,
    fingerprint,
    latest?.id ?? "first",
  ];
  const created = await underKey(context, purpose, (idempotencyKey) =>
    context.provider.checkout.open(
      {
        ...{ offer, kind, promotion, codesOnPage, customerId, providerCustomerId, database },
        ...{ successUrl, cancelUrl, idempotencyKey },
      },
      context.catalog,
    ),
  );
  const { clientSecret = null } = created;
  if (created.url === null && clientSecret === null) {
    throw new BillingError("provider_unavailable", "The checkout did not open. Try again.");
  }
  const record: CheckoutRecord = {
    id: created.id,
    provider: context.provider.id,
    customerId,
    slot,
    fingerprint,
    status: "open",
    url: created.url,
    expiresAt: created.expiresAt,
    createdAt: context.clock().toISOString(),
    trialDays: trialDaysOf(offer),
  };
  const { store, providers } = context;
  const known = { after: latest?.id ?? null, staysOpen: staysOpenAt(providers) };
  const saved = await store.openCheckout(record, known);
  if (saved === null) await context.provider.checkout.close?.(created.id);
  return saved && { ...saved, clientSecret };
}
