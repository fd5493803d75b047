import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { BillingError, type BillingEvent, type BillingEventType } from "@tollgate/core";
import type { News } from "./account.js";
import { catalogIdOf } from "./mapped-prices.js";
import { toStamp, toSubscription, type View } from "./to-subscription.js";

/** The coming end of a trial is not among them, nor is a checkout that nobody paid. */
export const tells: ReadonlySet<BillingEventType> = new Set<BillingEventType>([
  "subscription.created",
  "subscription.updated",
  "subscription.ended",
  "checkout.completed",
  "payment.succeeded",
]);

export const signatureHeader = "x-signature";

/** Of the body alone: no time is signed, so an old delivery can't be told from a new one. */
export function sign(body: Uint8Array, secret: string): string {
  return createHmac("sha256", secret).update(body).digest("hex");
}

export function verifyHeaders(headers: Headers): string {
  const signature = headers.get(signatureHeader);
  if (signature === null) throw new BillingError("missing_signature", "The delivery is not signed.");
  if (!/^[0-9a-f]{64}$/.test(signature)) throw new BillingError("invalid_signature", "That is no signature.");
  return signature;
}

/** Each thing that a delivery tells of is an event: its id is made of the body's digest, because it brings none. */
export function receiveEvents(
  view: View,
  secret: string,
  { body, headers, now }: { readonly body: Uint8Array; readonly headers: Headers; readonly now: Date },
): readonly BillingEvent[] {
  const given = Buffer.from(verifyHeaders(headers), "hex");
  if (!timingSafeEqual(given, Buffer.from(sign(body, secret), "hex"))) {
    throw new BillingError("invalid_signature", "The signature is not of this body.");
  }
  const news = parse(body);
  const digest = createHash("sha256").update(body).digest("hex");
  return eventsOf(view, news).map(
    (event) => ({ ...headOf(view, news, now), id: `${digest}#${event.type}`, ...event }) as BillingEvent,
  );
}

function parse(body: Uint8Array): News {
  try {
    const news = JSON.parse(new TextDecoder().decode(body));
    if (typeof news?.name === "string") return news;
  } catch {
    // Nobody's event either.
  }
  throw new BillingError("invalid_event", "That is no event.");
}

function headOf({ provider }: View, { order, subscription, checkout }: News, now: Date) {
  const { customer, ...custom } = subscription?.custom ?? checkout?.custom ?? {};
  return {
    provider,
    occurredAt: now.toISOString(),
    providerCustomerId: subscription?.customerId ?? order?.customerId ?? null,
    stamp: toStamp({ customer: customer ?? null, ...custom }),
    ...(customer !== undefined && { claimedCustomerId: customer }),
  };
}

type Told = { readonly type: BillingEventType } & Readonly<Record<string, unknown>>;

function eventsOf(view: View, { name, order, subscription, checkout }: News): readonly Told[] {
  const subscriptionId = subscription?.id ?? null;
  const state = subscription && toSubscription(view, subscription);
  if (name === "subscription_changed") return [{ type: "subscription.updated", subscriptionId, state }];
  if (name === "subscription_over") return [{ type: "subscription.ended", subscriptionId, state }];
  if (order === null || checkout === null) return [];
  const { amount, currency } = order;
  const productId = subscription === null ? catalogIdOf(view.prices, checkout.priceId) : null;
  const paid = { subscriptionId, invoiceId: order.id, isOfCatalog: productId !== null, attempt: null };
  return [
    ...(subscription === null ? [] : [{ type: "subscription.created", subscriptionId, state } as const]),
    ...(subscription === null || amount === 0
      ? []
      : [{ type: "payment.succeeded", ...paid, amount, currency } as const]),
    {
      type: "checkout.completed",
      ...{ checkoutId: order.checkoutKey, productId, quantity: checkout.quantity },
      ...{ subscriptionId, amountTotal: amount, currency },
    },
  ];
}
