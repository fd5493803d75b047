import {
  type Catalog,
  decideUsage,
  type FeatureCap,
  type IsoTime,
  type MeteredFeature,
} from "@tollgate/core";
import { checkCustomerId } from "../customers/billing-customers.js";
import { readUsageFacts, type UsageContext } from "./read-usage-facts.js";
import { recordManyUses, type UsageResult } from "./record-many-uses.js";
import { recordUsage } from "./record-usage.js";
import { reportUsage, type UsageReported } from "./report-usage.js";
import { setUsageCap, type UsageCapReading, type UsageCapWish } from "./set-usage-cap.js";
import type { UsageReceipt, UsageRecord } from "./usage-record.js";

/** The names of a catalog's metered features: `"messages"`. */
export type MeteredFeatureId<C extends Catalog> = `${keyof {
  [K in keyof C["features"] as [Extract<C["features"][K], MeteredFeature>] extends [never] ? never : K]: true;
} &
  string}`;

/** What was counted of a metered feature in the current period. */
export interface UsageReading {
  readonly used: number;
  /** How many the plan grants per period, 0 when it has none of it; `null` is unlimited. */
  readonly limit: number | null;
  /** How many are left; `null` is unlimited. */
  readonly remaining: number | null;
  /** What ends it, where it goes beyond `limit`. Absent: nothing does. */
  readonly cap?: FeatureCap;
  /** The subscription's period, or the calendar month in UTC without one. */
  readonly startsAt: IsoTime;
  /** When the count starts again; `null`: never. */
  readonly endsAt: IsoTime | null;
}

/** Counts what customers use of metered features; called by your own server code. */
export interface BillingUsage<C extends Catalog = Catalog> {
  /**
   * Checks and counts a use in one step, once per idempotency key, whatever arrives at the same time on however many
   * instances. `access.check` of the feature is allowed exactly when one more can be recorded.
   *
   * @throws BillingError `limit_reached` (402, `details`: `feature`, `limit`, `used`, `remaining`, `quantity`,
   * `upgradeTo`) when less than `quantity` is left, for the member who is named where `limitOf` says so; `upgrade_required`, `payment_required` (402) or `forbidden` (403)
   * when the plan does not have it; `usage_late` (409, `details`: `at`, `endedAt`) when the period of `at` can't be billed any
   * more, `invalid_time` (400) when it has not passed; `unknown_feature` (500) when the catalog does not meter it; `invalid_quantity`,
   * `invalid_idempotency_key` (400), `store_unavailable` (503). Then nothing is counted.
   * @example
   * const { remaining } = await billing.usage.record({
   *   customerId: "org_1",
   *   feature: "messages",
   *   idempotencyKey: messageId,
   * });
   */
  readonly record: (use: UsageRecord<MeteredFeatureId<C>>) => Promise<UsageReceipt>;
  /**
   * The same for many, of whichever customers and features, with a few statements for each thousand: for events that your
   * app collects. Each use has its own outcome, in order, as if one had been recorded after the other; what one is refused
   * does not undo the others. When the database fails in between, send the same list again: what was counted is then
   * a `duplicate`.
   *
   * @throws BillingError `invalid_quantity`, `invalid_idempotency_key`, `invalid_time` (400, `details`: `index`), `unknown_feature` (500):
   * one use is wrong, and nothing is counted; `store_unavailable` (503)
   * @example
   * const results = await billing.usage.recordMany([
   *   { customerId: "org_1", feature: "messages", quantity: 3, idempotencyKey: "batch-7:1" },
   *   { customerId: "org_2", feature: "messages", idempotencyKey: "batch-7:2" },
   * ]);
   * const refused = results.filter(({ outcome }) => outcome === "refused");
   */
  readonly recordMany: (uses: readonly UsageRecord<MeteredFeatureId<C>>[]) => Promise<readonly UsageResult[]>;
  /**
   * What was counted of each metered feature in the current period.
   *
   * @throws BillingError `store_unavailable`
   * @example
   * const { messages } = await billing.usage.read("org_1"); // { used: 7, limit: 100, remaining: 93, … }
   */
  readonly read: (customerId: string) => Promise<Readonly<Record<MeteredFeatureId<C>, UsageReading>>>;
  /**
   * Sets how far one customer's use may go beyond what is included, where that is billed or allowed: in number, in money, or
   * both. It counts from the next use on. One that is raised lets the use continue at once; one below what is used ends it at
   * once, and what was accepted stays counted and billed. Money is what the period's use costs at the price that the customer
   * pays, before discounts and taxes.
   *
   * Of a customer's own cap, and yours or the plan's, the one that is reached first counts: the denial says which, and who can
   * raise it.
   *
   * @throws BillingError `invalid_options` (500), `unknown_feature` (500), `customer_missing` (409: they are being deleted),
   * `invalid_customer_id`, `store_unavailable`
   * @example
   * await billing.usage.setCap({ customerId: "org_1", feature: "messages", cap: { amounts: { usd: 15_000 } } });
   * @example
   * // Their own, from a settings page of yours; POST /usage/cap does the same for managers.
   * const cap = { count: 500 };
   * const { remaining } = await billing.usage.setCap({ customerId: "org_1", feature: "messages", cap, by: "customer" });
   */
  readonly setCap: (wish: UsageCapWish<MeteredFeatureId<C>>) => Promise<UsageCapReading>;
  /**
   * Tells whoever bills it what was used until now. The jobs do so every minute, and before a change, an end and the
   * next invoice is looked at: this is for whoever can't wait.
   *
   * @param choice.customerId only what they used. @default everybody
   * @returns how many reports were told; `failed` are tried again until they are
   * @throws BillingError `invalid_customer_id`, `store_unavailable`
   * @example
   * const { told, failed } = await billing.usage.report({ customerId: "org_1" });
   */
  readonly report: (choice?: { readonly customerId?: string }) => Promise<UsageReported>;
}

/** The counts as `billing.usage`. */
export function createUsage<C extends Catalog>(open: () => Promise<UsageContext>): BillingUsage<C> {
  return {
    record: (use) => recordUsage(open, use),
    recordMany: (uses) => recordManyUses(open, uses),
    async read(customerId) {
      checkCustomerId(customerId);
      const context = await open();
      const facts = await readUsageFacts(context, customerId);
      const metered = Object.entries(context.catalog.features).filter(([, { type }]) => type === "metered");
      const readings = metered.map(([id]) => {
        const { access, period, remaining } = decideUsage(facts, id);
        const { used, limit, cap } = access;
        return [id, { used, limit, remaining, ...(cap && { cap }), ...period }] as const;
      });
      // Exactly the metered features of this catalog, which the compiler can't follow through entries.
      return Object.fromEntries(readings) as Record<MeteredFeatureId<C>, UsageReading>;
    },
    setCap: (wish) => setUsageCap(open, wish),
    async report({ customerId } = {}) {
      if (customerId === undefined) return reportUsage(await open());
      checkCustomerId(customerId);
      return reportUsage(await open(), { customerId });
    },
  };
}
