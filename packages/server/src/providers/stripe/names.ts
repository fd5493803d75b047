import type { Currency, Interval } from "@tollgate/core";
import type Stripe from "stripe";

/**
 * How our things are called at Stripe. Prices carry their plan in metadata too, because a price that was
 * replaced loses its lookup key and still has to be recognised on old subscriptions.
 */
export const metadataKeys = {
  customer: "tollgate_customer",
  plan: "tollgate_plan",
  group: "tollgate_group",
  interval: "tollgate_interval",
  product: "tollgate_product",
  quantity: "tollgate_quantity",
  subscription: "tollgate_subscription",
  portal: "tollgate_portal",
  digest: "tollgate_digest",
} as const;

const defaultGroup = "main";

/** `tollgate:plan:pro:month:usd` */
export function planLookupKey(planId: string, interval: Interval, currency: Currency): string {
  return `tollgate:plan:${planId}:${interval}:${currency}`;
}

/** `tollgate:product:credits:usd` */
export function productLookupKey(productId: string, currency: Currency): string {
  return `tollgate:product:${productId}:${currency}`;
}

/** Ids of our own making, so that two pushes at once can't create a product twice. */
export function stripeProductId(kind: "plan" | "product", catalogId: string): string {
  return `tollgate_${kind}_${catalogId}`;
}

/** Which portal configuration offers the plans of a group in a currency. */
export function portalName(group: string, currency: Currency): string {
  return `${group}:${currency}`;
}

/** The plan that a recurring price belongs to, by its metadata. */
export interface PricePlan {
  readonly planId: string;
  readonly group: string;
  readonly interval: Interval;
}

/** `null` for a price that is none of ours, or of an interval that no plan can have. */
export function planOfPrice(price: Stripe.Price): PricePlan | null {
  const planId = readMetadata(price.metadata, metadataKeys.plan);
  const interval = toInterval(price.recurring);
  if (planId === null || interval === null) return null;
  return { planId, interval, group: readMetadata(price.metadata, metadataKeys.group) ?? defaultGroup };
}

/** An entry of its own that says something; never one inherited from `Object.prototype`. */
export function readMetadata(metadata: Stripe.Metadata | null | undefined, key: string): string | null {
  if (!metadata || !Object.hasOwn(metadata, key)) return null;
  return metadata[key] || null;
}

function toInterval(recurring: Stripe.Price.Recurring | null): Interval | null {
  if (recurring === null || recurring.interval_count !== 1) return null;
  if (recurring.interval === "month") return "month";
  return recurring.interval === "year" ? "year" : null;
}

/** Whether an object carries all of these entries. */
export function hasMetadata(
  object: { readonly metadata: Stripe.Metadata },
  entries: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(entries).every(([key, value]) => object.metadata[key] === value);
}
