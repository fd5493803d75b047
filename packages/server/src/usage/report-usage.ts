import { BillingError, type Subscription, type TakenUsageReport, type UsageReport } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { describeError } from "../log/logger.js";

/** What a round of telling came to. */
export interface UsageReported {
  readonly told: number;
  /** They are tried again, until they are told. */
  readonly failed: number;
}

const batch = 100;
/** How many are told at once. */
const atOnce = 8;
/** Longer than any request takes. */
const leaseSeconds = 300;
const longestWaitSeconds = 3600;

/** Whose use is told. */
interface ReportScope {
  /** @default everybody */
  readonly customerId?: string;
  readonly signal?: AbortSignal;
}

/**
 * Tells whoever bills it what was counted since the last time, and what could not be told before. Each report is told
 * until it has been, on whichever instance, and has the same id each time.
 */
export async function reportUsage(context: BillingContext, scope: ReportScope = {}): Promise<UsageReported> {
  const { told, failures } = await tellAll(context, scope);
  return { told, failed: failures.length };
}

/**
 * The same for one subscription that is about to be billed, ended or changed, where it is billed by use: what was used
 * until now is billed with it, or nothing is done.
 *
 * @throws BillingError `provider_unavailable`, `answer_repeated`: trying again may help. What is refused for good holds
 * nobody up.
 */
export async function reportBefore(
  context: BillingContext,
  { customerId, items }: Pick<Subscription, "customerId" | "items">,
): Promise<void> {
  if (!items.some(({ usageOf }) => usageOf !== undefined)) return;
  const { failures } = await tellAll(context, { customerId });
  const passing = failures.find((error) => error instanceof BillingError && error.status === 503);
  if (passing !== undefined) throw passing;
}

async function tellAll(
  context: BillingContext,
  { customerId, signal }: ReportScope,
): Promise<{ readonly told: number; readonly failures: readonly unknown[] }> {
  const failures: unknown[] = [];
  let told = 0;
  // What somebody waits for is tried whether or not it is due again, once.
  let early = customerId !== undefined;
  for (;;) {
    const now = context.clock().toISOString();
    const own = customerId === undefined ? {} : { customerId, early };
    const taken = await context.store.takeUsageReports({ now, limit: batch, leaseSeconds, ...own });
    early = false;
    for (let from = 0; from < taken.length; from += atOnce) {
      const some = taken.slice(from, from + atOnce);
      const outcomes = await Promise.all(some.map((one) => tellOne(context, one)));
      const failed = outcomes.filter((outcome) => outcome !== "told");
      failures.push(...failed);
      told += some.length - failed.length;
    }
    if (taken.length < batch || signal?.aborted === true) break;
  }
  if (failures.length > 0) {
    const fields = { failed: failures.length, error: describeError(failures[0]) };
    context.logger.error(fields, "Use that is billed could not be told; it will be tried again");
  }
  return { told, failures };
}

async function tellOne(context: BillingContext, taken: TakenUsageReport): Promise<unknown> {
  const { store, clock } = context;
  try {
    await tell(context, taken.report);
  } catch (error) {
    const { name, message } = describeError(error);
    const wait = Math.min(longestWaitSeconds, 15 * 2 ** taken.attempts);
    const retryAt = new Date(clock().getTime() + wait * 1000).toISOString();
    await store.endUsageReport(taken, { kind: "failed", retryAt, error: `${name}: ${message}` });
    return error;
  }
  await store.endUsageReport(taken, { kind: "told", at: clock().toISOString() });
  return "told";
}

/** @throws BillingError `provider_not_configured`, `not_supported`, and what the provider says */
async function tell(context: BillingContext, report: UsageReport): Promise<void> {
  const { usageTarget, clock } = context;
  if (typeof usageTarget === "function") return usageTarget(report);
  const { provider } = atProvider(context, report.provider);
  if (provider.usage !== undefined) return provider.usage.report({ report, now: clock() });
  throw new BillingError("not_supported", "The payment provider does not bill by use.", {
    details: { provider: provider.id },
  });
}
