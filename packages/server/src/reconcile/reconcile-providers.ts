import { BillingError, type BillingProvider, type Clock } from "@tollgate/core";
import { atProvider, type Providers } from "../context/providers.js";
import { reconcile } from "./reconcile.js";
import { type ReconcileOptions, type ReconcileReport, reportedAtMost } from "./reconcile-options.js";
import type { ReconcileContext } from "./reconcile-run.js";
import { type ReconcileScope, toScope } from "./reconcile-scope.js";

/** What is compared with one provider. */
export interface ProviderScope {
  readonly provider: string;
  readonly scope: ReconcileScope;
}

/** @throws BillingError `invalid_options` for what one of the providers that are meant can't compare */
export function toProviderScopes(
  parts: { readonly providers: Providers; readonly clock: Clock; readonly eventRetentionDays: number },
  options: ReconcileOptions,
): readonly ProviderScope[] {
  return choose(parts.providers, options).map((provider) => ({
    provider: provider.id,
    scope: toScope({ ...parts, provider }, options),
  }));
}

/**
 * Compares the store with each of the providers, one after the other. What fails at one must not keep the others from
 * being compared.
 *
 * @throws what failed first, once all had their turn
 */
export async function reconcileProviders(
  context: ReconcileContext,
  scopes: readonly ProviderScope[],
  options: ReconcileOptions,
): Promise<ReconcileReport> {
  const reports: ReconcileReport[] = [];
  const failures: unknown[] = [];
  for (const { provider, scope } of scopes) {
    try {
      reports.push(await reconcile(atProvider(context, provider), scope, options));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return reports.reduce(together);
}

function choose({ all, find }: Providers, options: ReconcileOptions): readonly BillingProvider[] {
  // Given but not set must not mean all of them.
  if (!("provider" in options)) return all;
  const chosen = typeof options.provider === "string" ? find(options.provider) : null;
  if (chosen !== null) return [chosen];
  throw new BillingError(
    "invalid_options",
    "billing.reconcile: `provider` must be the id of one that is configured.",
  );
}

function together(one: ReconcileReport, other: ReconcileReport): ReconcileReport {
  return {
    checked: one.checked + other.checked,
    found: one.found + other.found,
    repaired: one.repaired + other.repaired,
    skipped: {
      otherApp: one.skipped.otherApp + other.skipped.otherApp,
      otherDatabase: one.skipped.otherDatabase + other.skipped.otherDatabase,
    },
    differences: [...one.differences, ...other.differences].slice(0, reportedAtMost),
    complete: one.complete && other.complete,
    resumed: one.resumed || other.resumed,
  };
}
