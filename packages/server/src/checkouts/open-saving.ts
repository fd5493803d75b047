import {
  BillingError,
  type BillingProvider,
  type CheckoutKind,
  type CheckoutRecord,
  type Currency,
  type ProviderPaymentMethods,
  savingSlot,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { digest } from "../idempotency/digest.js";
import { underKey } from "../idempotency/under-key.js";
import { closeCheckout } from "./close-checkout.js";
import { keepOpened, type OpenCheckout } from "./open-checkout.js";
import type { Landing } from "./plan-checkout.js";

/** A checkout that buys nothing, as it was asked for. */
export interface SavingWish {
  readonly customerId: string;
  readonly providerCustomerId: string;
  readonly kind: CheckoutKind;
  readonly currency: Currency;
  readonly landing: Landing;
}

/**
 * Opens a checkout in which something to pay with is saved, or gives the one that is open; one that is open in another way
 * is closed. What was saved in an earlier one is settled first.
 *
 * @returns `null` when another one was saved meanwhile
 * @throws BillingError `not_supported`
 */
export async function openSaving(context: BillingContext, wish: SavingWish): Promise<OpenCheckout | null> {
  const { store } = context;
  const fingerprint = await fingerprintOf(context, wish);
  const latest = await store.findLatestCheckout(wish.customerId, savingSlot);
  const reused = latest && (await reuse(context, wish, { latest, fingerprint }));
  return reused ?? open(context, wish, { latest, fingerprint });
}

function fingerprintOf(
  { provider }: BillingContext,
  { kind, currency, landing }: SavingWish,
): Promise<string> {
  const { terms = null } = provider.checkout;
  return digest(["saving", kind, currency, landing.successUrl, landing.cancelUrl, terms]);
}

async function reuse(
  context: BillingContext,
  { providerCustomerId }: SavingWish,
  { latest, fingerprint }: { readonly latest: CheckoutRecord; readonly fingerprint: string },
): Promise<OpenCheckout | null> {
  if (latest.status !== "open") return null;
  const now = context.clock().toISOString();
  const isSame = latest.fingerprint === fingerprint && latest.provider === context.provider.id;
  const checkout = await closeCheckout(
    context,
    latest,
    (one) =>
      isSame &&
      one.providerCustomerId === providerCustomerId &&
      (one.expiresAt === null || one.expiresAt > now),
  );
  if (checkout?.status !== "open") return null;
  return { ...latest, url: checkout.url, clientSecret: checkout.clientSecret ?? null };
}

async function open(
  context: BillingContext,
  { customerId, providerCustomerId, kind, currency, landing }: SavingWish,
  { latest, fingerprint }: { readonly latest: CheckoutRecord | null; readonly fingerprint: string },
): Promise<OpenCheckout | null> {
  const { provider, owner } = context;
  const who = { customerId, providerCustomerId, database: owner.database };
  const purpose = ["saving", customerId, providerCustomerId, fingerprint, latest?.id ?? "first"];
  const created = await underKey(context, purpose, (idempotencyKey) =>
    needSaver(provider)({ ...who, ...landing, kind, currency, idempotencyKey }),
  );
  return keepOpened(context, created, {
    ...{ customerId, slot: savingSlot, fingerprint, trialDays: 0 },
    after: latest?.id ?? null,
  });
}

/** @throws BillingError `not_supported` */
export function needSaver({
  id,
  paymentMethods,
}: BillingProvider): NonNullable<ProviderPaymentMethods["openCheckout"]> {
  if (paymentMethods?.openCheckout !== undefined) return paymentMethods.openCheckout;
  const details = { provider: id };
  throw new BillingError("not_supported", "The payment provider saves nothing without a purchase.", {
    details,
  });
}
