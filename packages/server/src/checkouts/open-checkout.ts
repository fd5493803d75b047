import {
  BillingError,
  type CheckoutKind,
  type CheckoutOffer,
  type CheckoutRecord,
  type Promotion,
  type ProviderCheckout,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { underKey } from "../idempotency/under-key.js";
import type { CheckoutContext } from "./checkout-options.js";
import { hasIntro, staysOpenAt, trialDaysOf, withoutPaidTrial } from "./decide-offer.js";

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
  // A code that is typed there would come on top of the intro, or be used up by the trial.
  const isPlain = !hasIntro(offer) && withoutPaidTrial(offer) === offer;
  const codesOnPage = promotion === null && isPlain && context.checkoutRules.codesOnPage;
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
  return keepOpened(context, created, {
    ...{ customerId, slot, fingerprint, trialDays: trialDaysOf(offer) },
    ...(hasIntro(offer) && { intro: true }),
    after: latest?.id ?? null,
  });
}

/**
 * Saves a checkout that was just created if `after` is still the slot's latest one, and closes it otherwise.
 *
 * @returns `null` when it was closed
 */
export async function keepOpened(
  context: BillingContext,
  created: ProviderCheckout,
  {
    after,
    ...about
  }: Pick<CheckoutRecord, "customerId" | "slot" | "fingerprint" | "trialDays" | "intro"> & {
    /** As it was known when this one was created; `null`: there was none. */
    readonly after: string | null;
  },
): Promise<OpenCheckout | null> {
  const { clientSecret = null, id, url, expiresAt } = created;
  if (url === null && clientSecret === null) {
    throw new BillingError("provider_unavailable", "The checkout did not open. Try again.");
  }
  const { store, providers, provider, clock } = context;
  const createdAt = clock().toISOString();
  const record = { id, url, expiresAt, createdAt, provider: provider.id, status: "open", ...about } as const;
  const saved = await store.openCheckout(record, { after, staysOpen: staysOpenAt(providers) });
  if (saved === null) await provider.checkout.close?.(id);
  return saved && { ...saved, clientSecret };
}
