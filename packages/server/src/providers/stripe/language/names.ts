import {
  type Currency,
  defaultApp,
  type Interval,
  type IntervalUnit,
  type OwnerStamp,
  toInterval,
} from "@tollgate/core";
import type Stripe from "stripe";
import { nothingMapped, type PriceMapping } from "./price-mapping.js";

/**
 * What our things are called at Stripe. Prices carry their plan in metadata too, because a price that was replaced
 * loses its lookup key and still has to be recognised on old subscriptions.
 */
export const metadataKeys = {
  customer: "tollgate_customer",
  plan: "tollgate_plan",
  group: "tollgate_group",
  interval: "tollgate_interval",
  rate: "tollgate_rate",
  usage: "tollgate_usage",
  usagePlan: "tollgate_usage_plan",
  product: "tollgate_product",
  addOn: "tollgate_addon",
  quantity: "tollgate_quantity",
  subscription: "tollgate_subscription",
  settlement: "tollgate_settlement",
  portal: "tollgate_portal",
  digest: "tollgate_digest",
  app: "tollgate_app",
  database: "tollgate_database",
  schedule: "tollgate_schedule",
  change: "tollgate_change",
  credit: "tollgate_credit",
  charge: "tollgate_charge",
  refund: "tollgate_refund",
  access: "tollgate_access",
} as const;

const defaultGroup = "main";

/**
 * What the things of one app are called at Stripe. The default app keeps the names from before apps had any; a name
 * can't contain what ends it (`:`, `_`, `/`), so no app's name is the beginning of another's.
 */
export interface StripeNames {
  readonly app: string;
  /** `tollgate:plan:pro:month:usd`, or `tollgate-shop:plan:pro:month:usd` */
  planLookupKey(planId: string, interval: Interval, currency: Currency): string;
  /** `tollgate:product:credits:usd` */
  productLookupKey(productId: string, currency: Currency): string;
  /** `tollgate:addon:storage:month:usd` */
  addOnLookupKey(addOnId: string, interval: Interval, currency: Currency): string;
  /** Ids that we make ourselves, so that two pushes at once can't create a product twice. */
  productId(kind: "plan" | "product" | "usage" | "addon", catalogId: string): string;
  /** `tollgate:usage:pro:messages:month:usd` */
  usageLookupKey(planId: string, feature: string, interval: Interval, currency: Currency): string;
  /** What the events of a feature's use are called, and so their meter: `tollgate_messages`. */
  meterName(feature: string): string;
  isOurProduct(productId: string): boolean;
  /** What the ids of the intros' coupons begin with. */
  readonly introPrefix: string;
  /** Which portal configuration offers what: a group's plans in a currency. */
  portalName(name: string): string;
  /** The app's name, for the metadata of what it creates; nothing for the default app. */
  readonly mark: Readonly<Record<string, string>>;
  /** Prices that are not called anything of ours. */
  readonly mapping: PriceMapping;
}

export function createNames(app: string, mapping: PriceMapping = nothingMapped): StripeNames {
  const named = app !== defaultApp;
  const root = named ? `tollgate-${app}` : "tollgate";
  return {
    app,
    planLookupKey: (planId, interval, currency) => `${root}:plan:${planId}:${interval}:${currency}`,
    productLookupKey: (productId, currency) => `${root}:product:${productId}:${currency}`,
    usageLookupKey: (planId, feature, interval, currency) =>
      `${root}:usage:${planId}:${feature}:${interval}:${currency}`,
    meterName: (feature) => `${root}_${feature}`,
    addOnLookupKey: (addOnId, interval, currency) => `${root}:addon:${addOnId}:${interval}:${currency}`,
    productId: (kind, catalogId) => `${root}_${kind}_${catalogId}`,
    introPrefix: `${root}_intro_`,
    isOurProduct: (productId) => productId.startsWith(`${root}_`),
    portalName: (name) => (named ? `${app}/${name}` : name),
    mark: named ? { [metadataKeys.app]: app } : {},
    mapping,
  };
}

/** What an object's metadata says about whose it is. */
export function readStamp(metadata: Stripe.Metadata | null | undefined): OwnerStamp {
  return {
    customerId: readMetadata(metadata, metadataKeys.customer),
    app: readMetadata(metadata, metadataKeys.app),
    database: readMetadata(metadata, metadataKeys.database),
  };
}

/** How an app tells its own prices: by what it is called, and by what is mapped. */
export interface PriceMarks {
  readonly app: string;
  readonly mapping?: PriceMapping;
}

/** The plan that a recurring price belongs to, by its metadata or because it is mapped. */
export interface PricePlan {
  readonly planId: string;
  readonly group: string;
  readonly interval: Interval;
}

/** `null` for a price that is not this app's, or has an interval that no plan can have. */
export function planOfPrice(price: Stripe.Price, { app, mapping }: PriceMarks): PricePlan | null {
  const interval = intervalOf(price.recurring);
  const mapped = mapping?.planOf.get(price.id);
  if (mapped !== undefined) return mapped === null || interval === null ? null : { ...mapped, interval };
  const planId = readMetadata(price.metadata, metadataKeys.plan);
  if (planId === null || interval === null) return null;
  if (!isOfApp(price, app)) return null;
  return { planId, interval, group: readMetadata(price.metadata, metadataKeys.group) ?? defaultGroup };
}

/** What a price charges for the use of. */
export interface PriceUsage {
  readonly feature: string;
  /** The plan that the price belongs to. */
  readonly planId: string;
}

/** `null` for a price that charges for no use, or is not this app's. */
export function usageOfPrice({ metadata }: Pick<Stripe.Price, "metadata">, app: string): PriceUsage | null {
  const feature = readMetadata(metadata, metadataKeys.usage);
  const planId = readMetadata(metadata, metadataKeys.usagePlan);
  if (feature === null || planId === null) return null;
  return (readMetadata(metadata, metadataKeys.app) ?? defaultApp) === app ? { feature, planId } : null;
}

/** The add-on that a recurring price belongs to, by its metadata; `null` like `planOfPrice`, and for a plan's. */
export function addOnOfPrice(
  price: Stripe.Price,
  marks: PriceMarks,
): { readonly addOnId: string; readonly interval: Interval } | null {
  const addOnId = readMetadata(price.metadata, metadataKeys.addOn);
  const interval = intervalOf(price.recurring);
  if (addOnId === null || interval === null || planOfPrice(price, marks) !== null) return null;
  return isOfApp(price, marks.app) ? { addOnId, interval } : null;
}

function isOfApp({ metadata }: Stripe.Price, app: string): boolean {
  return (readMetadata(metadata, metadataKeys.app) ?? defaultApp) === app;
}

/** An entry of its own that is not empty; never one inherited from `Object.prototype`. */
export function readMetadata(metadata: Stripe.Metadata | null | undefined, key: string): string | null {
  if (!metadata || !Object.hasOwn(metadata, key)) return null;
  return metadata[key] || null;
}

const units = ["day", "week", "month", "year"] as const satisfies readonly IntervalUnit[];

/** `null` for what is paid once, or an interval that no plan can have. */
export function intervalOf(recurring: Stripe.Price.Recurring | null): Interval | null {
  const unit = units.find((one) => one === recurring?.interval);
  return recurring && unit ? toInterval(unit, recurring.interval_count) : null;
}

/** Whether an object carries all of these entries. */
export function hasMetadata(
  object: { readonly metadata: Stripe.Metadata },
  entries: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(entries).every(([key, value]) => object.metadata[key] === value);
}
