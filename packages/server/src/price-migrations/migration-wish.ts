import {
  BillingError,
  type Catalog,
  type Currency,
  chooseTime,
  findPlan,
  groupOf,
  type Interval,
  isInterval,
  isStorableText,
  type MigrationScope,
} from "@tollgate/core";
import { checkCustomerId } from "../customers/billing-customers.js";
import { checkReturnUrl } from "../http/check-return-url.js";

/** Who is to move to which price, and when. */
export interface MigrationWish<P extends string = string> {
  /** Whose subscribers move; one that has left the catalog, too. */
  readonly planId: P | (string & {});
  /** Whose price they move to: of the same plan group, and for sale. @default the same plan, at what the catalog says now */
  readonly toPlanId?: P;
  /** Only those who are billed by it. @default all of them */
  readonly interval?: Interval;
  /** Only those who are billed in it. @default all of them */
  readonly currency?: Currency;
  /** Only these, by your own ids. @default all of them */
  readonly customerIds?: readonly string[];
  /** In UTC: each moves at their first renewal at or after it, so nobody is charged within a period. */
  readonly at: string;
  /** Moves those, too, who were promised their price. @default false */
  readonly force?: boolean;
}

/** A migration that is to be started. */
export interface MigrationStart<P extends string = string> extends MigrationWish<P> {
  /** Your own name for it, of 1 to 255 characters: however often it is started under it, there is one. */
  readonly id: string;
  /** How many days before their own date each customer is told: whole days from 0 to 365. @default 30 */
  readonly noticeDays?: number;
  /**
   * What becomes of those who have used more than they would be granted: they are moved (`move`), or stay where they are,
   * with their price and what it grants (`skip`). Must be decided where there are any.
   */
  readonly overLimit?: "move" | "skip";
  /**
   * The page of your app where customers see their plan and may leave it, as a path or an address on one of its origins.
   * @default the app's own address
   */
  readonly url?: string;
}

const mostDays = 365;
const longestId = 255;

/** @throws BillingError `invalid_options` */
export function checkMigrationId(id: string): void {
  if (isStorableText(id, longestId)) return;
  throw refuse(`\`id\` must be a string of 1 to ${longestId} characters`);
}

/**
 * @param catalog with the plans that have left it
 * @throws BillingError `unknown_plan`, `plan_not_for_sale`, `unknown_price`, `invalid_time`, `invalid_customer_id`,
 * `invalid_options` for a plan of another group
 */
export function toMigrationScope(wish: MigrationWish, catalog: Catalog, now: Date): MigrationScope {
  const { planId, toPlanId = planId, interval = null, currency = null, force = false } = wish;
  const [from, to] = [findPlan(catalog, planId), findPlan(catalog, toPlanId)];
  for (const [id, plan] of [
    [planId, from],
    [toPlanId, to],
  ] as const) {
    if (plan === undefined)
      throw new BillingError("unknown_plan", "There is no such plan.", { details: { planId: id } });
  }
  if (to?.prices === undefined || to.retired === true) {
    throw new BillingError("plan_not_for_sale", "Nobody can be moved to a plan that is not for sale.", {
      details: { planId: toPlanId },
    });
  }
  if (from !== undefined && groupOf(from) !== groupOf(to)) throw refuse("both plans must be of one group");
  if (interval !== null && !isInterval(interval)) {
    throw new BillingError("unknown_price", `There is no interval "${interval}".`, { details: { interval } });
  }
  for (const customerId of wish.customerIds ?? []) checkCustomerId(customerId);
  return { planId, toPlanId, interval, currency, force, at: chooseTime("at", wish.at, now) };
}

/** @throws BillingError `invalid_options`, `invalid_return_url` */
export function toMigrationTerms(
  { noticeDays = 30, overLimit, url = "/" }: MigrationStart,
  own: Parameters<typeof checkReturnUrl>[1],
) {
  if (!Number.isInteger(noticeDays) || noticeDays < 0 || noticeDays > mostDays)
    throw refuse(`\`noticeDays\` must be a whole number from 0 to ${mostDays}`);
  if (overLimit !== undefined && overLimit !== "move" && overLimit !== "skip")
    throw refuse('`overLimit` must be "move" or "skip"');
  return { noticeDays, url: checkReturnUrl(url, own).href };
}

function refuse(problem: string): BillingError {
  return new BillingError("invalid_options", `priceMigrations: ${problem}.`);
}
