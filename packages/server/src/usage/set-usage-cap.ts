import {
  BillingError,
  type Catalog,
  decideUsage,
  type FeatureCap,
  type UsageCap,
  type UsageCapOwner,
} from "@tollgate/core";
import { checkCustomerId } from "../customers/billing-customers.js";
import { readUsageFacts, type UsageContext } from "./read-usage-facts.js";

/** A cap for one customer, as your server code sets it. */
export interface UsageCapWish<F extends string = string> {
  /** Your own id for the customer. */
  readonly customerId: string;
  readonly feature: F;
  /**
   * `{ count: 500 }`: so many beyond what is included; `{ amounts: { usd: 10000 } }`: for so much, in minor units.
   * `"unlimited"`, for `by: "app"`: any number, whatever the plan says. `null`: what was set is taken away, and the plan's cap
   * counts again.
   */
  readonly cap: UsageCap | "unlimited" | null;
  /**
   * Whose it is. `"app"`: yours, which takes the place of the plan's; the customer can't raise it. `"customer"`: their own,
   * which can only be lower, and is theirs to raise. @default "app"
   */
  readonly by?: UsageCapOwner;
}

/** What is in force after a cap was set. */
export interface UsageCapReading {
  readonly used: number;
  /** How many are left until the use ends; `null`: any number. */
  readonly remaining: number | null;
  /** `null`: nothing caps it, or the customer's plan ends the use with what is included. */
  readonly cap: FeatureCap | null;
}

/** Sets a cap, which counts from the next use on. */
export async function setUsageCap(
  open: () => Promise<UsageContext>,
  { customerId, feature, cap, by = "app" }: UsageCapWish,
): Promise<UsageCapReading> {
  checkCustomerId(customerId);
  const context = await open();
  checkWish(context.catalog, { feature, cap, by });
  const written = cap === null ? ("none" as const) : cap === "unlimited" ? null : cap;
  const outcome = await context.store.saveUsageCap({ customerId, feature, setBy: by, cap: written });
  if (outcome === "overtaken") throw new BillingError("customer_missing", "This customer is being deleted.");
  const { access, remaining } = decideUsage(await readUsageFacts(context, customerId), feature);
  return { used: access.used, remaining, cap: access.cap ?? null };
}

/** @throws BillingError `unknown_feature`, `invalid_options` */
function checkWish({ features }: Catalog, { feature, cap, by }: Required<Omit<UsageCapWish, "customerId">>) {
  const known = Object.hasOwn(features, feature) ? features[feature] : undefined;
  if (known?.type !== "metered")
    throw new BillingError("unknown_feature", `The catalog has no metered feature "${feature}".`);
  if (by !== "app" && by !== "customer") throw wrong("by", 'must be "app" or "customer"');
  if (cap === null || (cap === "unlimited" && by === "app")) return;
  if (typeof cap !== "object")
    throw wrong("cap", "must have a `count`, or `amounts` by currency, or be null");
  const { count, amounts, ...rest } = cap;
  if (Object.keys(rest).length > 0 || (count === undefined && amounts === undefined))
    throw wrong("cap", "must have a `count`, or `amounts` by currency, and nothing else");
  const isWhole = (one: unknown) => Number.isSafeInteger(one) && Number(one) >= 0;
  if (count !== undefined && !isWhole(count)) throw wrong("cap", "must have a whole number as its `count`");
  if (amounts === undefined) return;
  const all = Object.entries(amounts ?? {});
  const isRight = all.length > 0 && all.every(([code, one]) => /^[a-z]{3}$/.test(code) && isWhole(one));
  if (!isRight) throw wrong("cap", "must have `amounts` in minor units, by currency: { usd: 10000 }");
}

function wrong(option: string, what: string): BillingError {
  return new BillingError("invalid_options", `\`${option}\` ${what}.`, { details: { option } });
}
