import {
  BillingError,
  type BillingProvider,
  checkCatalog,
  type DuplicateAction,
  defaultApp,
  defaultGraceDays,
} from "@tollgate/core";
import { type AccessRules, checkAccessOptions } from "../access/access-options.js";
import { refuseOption as fail } from "../context/refuse-option.js";
import { type RateLimitRules, toRateLimitRules } from "../limits/rate-limit-rules.js";
import type { BillingOptions } from "./billing-options.js";
import { type Environment, readEnvironment } from "./read-environment.js";

/** The parts of the options that need checking, checked and with their defaults. */
export interface CheckedOptions {
  readonly app: string;
  readonly appOrigin: string;
  readonly trustedOrigins: ReadonlySet<string>;
  readonly basePath: string;
  readonly graceDays: number;
  readonly jobs: "background" | "manual";
  readonly duplicates: DuplicateAction;
  readonly eventRetentionDays: number;
  readonly reconcileEveryHours: number;
  readonly rateLimits: RateLimitRules | null;
  /** How access is kept in memory, and what happens to it in an outage. */
  readonly accessRules: AccessRules;
  readonly environment: Environment;
  /** What production refuses, where a build loaded it: it is said at the first use, because builds use nothing. */
  readonly refusal: BillingError | null;
}

/**
 * Checks what types cannot, once, when the server starts.
 *
 * @throws BillingError `invalid_options` or `invalid_catalog`, saying which option is wrong and what it should be.
 */
export function checkOptions(options: BillingOptions): CheckedOptions {
  const { basePath = "/api/billing", graceDays = defaultGraceDays, allowedOrigins = [] } = options;
  const { eventRetentionDays = 90, duplicates = "cancel_and_refund" } = options;
  const { reconcileEveryHours = 24, app = defaultApp } = options;
  const { jobs = "background" } = options;
  if (jobs !== "background" && jobs !== "manual") fail("jobs", 'must be "background" or "manual"');
  const environment = readEnvironment(options.environment);
  for (const name of ["plans", "provider", "store"] as const) {
    if (typeof options[name] !== "object" || options[name] === null) fail(name, "is missing");
  }
  if (typeof app !== "string" || !/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/.test(app)) {
    fail("app", "must be 1 to 32 of a–z, 0–9 and -, such as shop-eu, without - at either end");
  }
  if (typeof options.identify !== "function") fail("identify", "must be a function");
  if (basePath !== "/" && !/^(\/(?!\.{1,2}(?:\/|$))[\w.~-]+)+$/.test(basePath)) {
    fail("basePath", 'must be a path such as "/api/billing", without a slash at its end or dots for a step');
  }
  if (!Number.isInteger(graceDays) || graceDays < 0 || graceDays > 365) {
    fail("graceDays", "must be a whole number of days from 0 to 365");
  }
  // Providers send an event again, and list it, for 30 days: forgetting it sooner would tell the app twice.
  if (!Number.isInteger(eventRetentionDays) || eventRetentionDays < 31 || eventRetentionDays > 3650) {
    fail("eventRetentionDays", "must be a whole number of days from 31 to 3650");
  }
  if (!Number.isInteger(reconcileEveryHours) || reconcileEveryHours < 0 || reconcileEveryHours > 168) {
    fail("reconcileEveryHours", "must be a whole number of hours from 0 to 168");
  }
  if (!["undefined", "function"].includes(typeof options.identifyCustomer)) {
    fail("identifyCustomer", "must be a function");
  }
  const rateLimits = toRateLimitRules(options.rateLimits);
  for (const perMinute of Object.values(rateLimits ?? {})) {
    if (!Number.isInteger(perMinute) || perMinute < 1) {
      fail("rateLimits", "must be false, or have whole numbers of at least 1");
    }
  }
  if (!duplicateActions.includes(duplicates)) {
    fail("duplicates", `must be one of ${duplicateActions.join(", ")}`);
  }
  checkCatalog(options.plans);
  const appOrigin = checkOrigin("appUrl", options.appUrl);
  const others = allowedOrigins.map((one) => checkOrigin("allowedOrigins", one));
  const refusal = refusalOf(() => checkEnvironment(options.provider, { appOrigin, others }, environment));
  if (refusal !== null && !environment.building) throw refusal;
  return {
    app,
    appOrigin,
    trustedOrigins: new Set([appOrigin, ...others]),
    // Routes begin with a slash of their own.
    basePath: basePath === "/" ? "" : basePath,
    graceDays,
    jobs,
    duplicates,
    eventRetentionDays,
    reconcileEveryHours,
    rateLimits,
    accessRules: checkAccessOptions(options),
    environment,
    refusal,
  };
}

const duplicateActions: readonly DuplicateAction[] = ["cancel_and_refund", "cancel", "keep"];

/** Refuses what would let somebody forge payments. Missing credentials are refused at the first use. */
function checkEnvironment(
  { mode, unfit }: BillingProvider,
  origins: { readonly appOrigin: string; readonly others: readonly string[] },
  { production, takesTestKeys, takesLiveKeys, because }: Environment,
): void {
  if (mode === "test" && !takesTestKeys) {
    fail(
      "provider",
      `has a test key, by which a test card pays, and production takes live keys only${because}`,
    );
  }
  if (mode === "live" && !takesLiveKeys) {
    fail(
      "provider",
      `has a live key, and development's rules let events be forged: unset TOLLGATE_ENVIRONMENT${because}`,
    );
  }
  if (!production) return;
  const [problem] = unfit;
  if (problem !== undefined) fail("provider", `${problem}${because}`);
  if (isPlain(origins.appOrigin)) fail("appUrl", `must start with https: in production${because}`);
  if (origins.others.some(isPlain)) fail("allowedOrigins", `must start with https: in production${because}`);
}

function isPlain(origin: string): boolean {
  return origin.startsWith("http:");
}

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
