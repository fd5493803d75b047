import {
  BillingError,
  type ChangePolicies,
  checkCatalog,
  type DisputeRules,
  type DuplicateAction,
  defaultApp,
  defaultGraceDays,
} from "@tollgate/core";
import { type AccessRules, checkAccessOptions } from "../access/access-options.js";
import { type Counter, toCounters } from "../access/counters.js";
import { checkForSale } from "../catalog/check-for-sale.js";
import { toChangePolicies } from "../changes/change-options.js";
import { type CheckoutRules, toCheckoutRules } from "../checkouts/checkout-options.js";
import { refuseOption as fail } from "../context/refuse-option.js";
import type { UsageTarget } from "../context/usage-target.js";
import { toDisputeRules } from "../disputes/dispute-rules.js";
import { checkDunning, type DunningRules } from "../dunning/dunning-options.js";
import { type EndingRules, toEndingRules } from "../endings/ending-rules.js";
import { type RateLimitRules, toRateLimitRules } from "../limits/rate-limit-rules.js";
import { type RefundOptions, toRefundRules } from "../refunds/refund-rules.js";
import { type SeatPolicy, toSeatPolicy } from "../seats/seat-options.js";
import { toLateMs, toUsageTarget } from "../usage/usage-options.js";
import type { BillingOptions } from "./billing-options.js";
import { checkEnvironment } from "./check-environment.js";
import { checkProviders, type ProviderList } from "./check-providers.js";
import { type Environment, readEnvironment } from "./read-environment.js";

/** The parts of the options that need checking, checked and with their defaults. */
export interface CheckedOptions {
  readonly app: string;
  readonly providerList: ProviderList;
  readonly appOrigin: string;
  readonly trustedOrigins: ReadonlySet<string>;
  readonly basePath: string;
  readonly graceDays: number;
  readonly dunning: DunningRules;
  readonly jobs: "background" | "manual";
  readonly duplicates: DuplicateAction;
  readonly eventRetentionDays: number;
  readonly historyRetentionDays: number | null;
  readonly reconcileEveryHours: number;
  readonly rateLimits: RateLimitRules | null;
  readonly endings: EndingRules;
  readonly refunds: Required<RefundOptions>;
  readonly disputes: DisputeRules;
  readonly changePolicies: ChangePolicies;
  readonly checkoutRules: CheckoutRules;
  readonly usageTarget: UsageTarget;
  readonly seatPolicy: SeatPolicy;
  readonly lateMs: number;
  /** By the name of the limit feature that each counts. */
  readonly counters: ReadonlyMap<string, Counter>;
  /** How access is kept in memory, and what happens to it in an outage. */
  readonly accessRules: AccessRules;
  readonly environment: Environment;
  /** What production refuses, where a build loaded it: reported at the first use, because builds use nothing. */
  readonly refusal: BillingError | null;
}

/**
 * Checks what types cannot, once, when the server starts.
 *
 * @throws BillingError `invalid_options` or `invalid_catalog`, saying which option is wrong and what it should be.
 */
export function checkOptions(options: BillingOptions): CheckedOptions {
  const { allowedOrigins = [], app = defaultApp, graceDays = defaultGraceDays } = options;
  const { eventRetentionDays = 90, historyRetentionDays = null, reconcileEveryHours = 24 } = options;
  const { jobs = "background", duplicates = "cancel_and_refund" } = options;
  if (jobs !== "background" && jobs !== "manual") fail("jobs", 'must be "background" or "manual"');
  const environment = readEnvironment(options.environment);
  const providerList = checkProviders(options.provider);
  for (const name of ["plans", "store"] as const) {
    if (typeof options[name] !== "object" || options[name] === null) fail(name, "is missing");
  }
  if (typeof app !== "string" || !/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/.test(app)) {
    fail("app", "must be 1 to 32 of a–z, 0–9 and -, such as shop-eu, without - at either end");
  }
  if (typeof options.identify !== "function") fail("identify", "must be a function");
  if (!["undefined", "function"].includes(typeof options.identifyCustomer)) {
    fail("identifyCustomer", "must be a function");
  }
  if (!duplicateActions.includes(duplicates)) {
    fail("duplicates", `must be one of ${duplicateActions.join(", ")}`);
  }
  const checked = {
    ...{ app, providerList, jobs, duplicates, environment },
    basePath: checkBasePath(options.basePath),
    graceDays: checkWholeNumber("graceDays", graceDays, { from: 0, to: 365, of: "days" }),
    // Providers send an event again, and list it, for 30 days: forgetting it sooner would tell the app twice.
    eventRetentionDays: checkWholeNumber("eventRetentionDays", eventRetentionDays, {
      from: 31,
      to: 3650,
      of: "days",
    }),
    historyRetentionDays:
      historyRetentionDays &&
      checkWholeNumber("historyRetentionDays", historyRetentionDays, { from: 400, to: 36_500, of: "days" }),
    reconcileEveryHours: checkWholeNumber("reconcileEveryHours", reconcileEveryHours, {
      from: 0,
      to: 168,
      of: "hours",
    }),
    rateLimits: toRateLimitRules(options.rateLimits),
    endings: toEndingRules(options.endings),
    refunds: toRefundRules(options.refunds),
    disputes: toDisputeRules(options.disputes),
    changePolicies: toChangePolicies(options.changes),
    usageTarget: toUsageTarget(options.usage),
    seatPolicy: toSeatPolicy(options.seats),
    lateMs: toLateMs(options.usage),
    checkoutRules: toCheckoutRules(options.checkout, providerList[0]),
  };
  checkCatalog(options.plans);
  const counters = toCounters(options.plans, options.counters);
  checkForSale(options.plans, providerList[0]);
  const appOrigin = checkOrigin("appUrl", options.appUrl);
  const others = allowedOrigins.map((one) => checkOrigin("allowedOrigins", one));
  const refusal = refusalOf(() =>
    checkEnvironment({ providers: providerList, store: options.store }, { appOrigin, others }, environment),
  );
  if (refusal !== null && !environment.building) throw refusal;
  const accessRules = checkAccessOptions(options);
  const own = { appOrigin, trustedOrigins: new Set([appOrigin, ...others]) };
  const dunning = checkDunning(options.dunning, { ...own, basePath: checked.basePath });
  return { ...checked, counters, accessRules, dunning, refusal, ...own };
}

/** @returns without a trailing slash, because routes begin with one: empty at the root */
function checkBasePath(basePath = "/api/billing"): string {
  if (basePath !== "/" && !/^(\/(?!\.{1,2}(?:\/|$))[\w.~-]+)+$/.test(basePath)) {
    fail("basePath", 'must be a path such as "/api/billing", without a slash at its end or dots for a step');
  }
  return basePath === "/" ? "" : basePath;
}

function checkWholeNumber(
  option: string,
  value: number,
  { from, to, of }: { readonly from: number; readonly to: number; readonly of: string },
): number {
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  return fail(option, `must be a whole number of ${of} from ${from} to ${to}`);
}

const duplicateActions: readonly DuplicateAction[] = ["cancel_and_refund", "cancel", "keep"];

function refusalOf(check: () => void): BillingError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof BillingError) return error;
    throw error;
  }
}

function checkOrigin(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    fail(name, "must be an origin such as https://app.example.com");
  }
  if (url.username || url.password || url.pathname !== "/" || url.search || url.hash) {
    fail(name, "must be an origin alone, such as https://app.example.com, without a path or credentials");
  }
  return url.origin;
}
