import { BillingError, isCustomerId } from "@tollgate/core";
import { historyOf } from "./history-of.js";
import type { ReconcileOptions } from "./reconcile-options.js";
import type { ReconcileContext } from "./reconcile-run.js";

/** What a run is about. */
export type ReconcileScope =
  | { readonly kind: "full" }
  | { readonly kind: "since"; readonly since: Date }
  | { readonly kind: "customer"; readonly customerId: string };

const msPerDay = 86_400_000;

/**
 * @throws BillingError `invalid_options` for what can't be compared, such as events from before the provider's list
 * begins: nothing would show that some are missing.
 */
export function toScope(
  context: Pick<ReconcileContext, "provider" | "clock" | "eventRetentionDays">,
  options: ReconcileOptions,
): ReconcileScope {
  const { since, customerId } = options;
  // Given but not set (`customerId: session?.orgId`) must not mean everybody.
  if (customerId !== undefined || "customerId" in options) {
    if (since !== undefined) fail("give either `since` or `customerId`");
    if (!isCustomerId(customerId))
      fail("`customerId` must be your own id of a customer, 1 to 200 characters");
    return { kind: "customer", customerId };
  }
  if (since === undefined) return { kind: "full" };
  const now = context.clock().getTime();
  const history = historyOf(context);
  if (!(since instanceof Date) || Number.isNaN(since.getTime())) fail("`since` must be a valid date");
  if (since.getTime() > now) fail("`since` lies in the future");
  if (history === null) fail("this provider has no list of events: leave out `since` to compare everything");
  if (since.getTime() < now - history.days * msPerDay) {
    fail(`events are known for ${history.days} days: leave out \`since\` to compare everything`);
  }
  return { kind: "since", since };
}

/** The name of a run's scope: a run is resumed by one of the same name. */
export function runName(scope: ReconcileScope, takeOver: boolean): string {
  // What was left alone before must be gone through again.
  return takeOver ? `take-over:${scopeName(scope)}` : scopeName(scope);
}

function scopeName(scope: ReconcileScope): string {
  if (scope.kind === "customer") return `customer:${scope.customerId}`;
  return scope.kind === "since" ? `since:${scope.since.toISOString()}` : "full";
}

/** Only one run per lane works at a time: two over the whole account would only double the requests. */
export function laneOf(scope: ReconcileScope): string {
  return scope.kind === "customer" ? scopeName(scope) : "account";
}

function fail(problem: string): never {
  throw new BillingError("invalid_options", `billing.reconcile: ${problem}.`);
}
