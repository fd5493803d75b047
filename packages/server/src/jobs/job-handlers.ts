import { type Catalog, type Job, type JobSchedule, seatGroupsOf } from "@tollgate/core";
import { settleCompleted } from "../checkouts/settle-checkout.js";
import type { Providers } from "../context/providers.js";
import type { UsageTarget } from "../context/usage-target.js";
import { grantAllCredits } from "../credits/due-credits.js";
import { payTopUp, payTopUps } from "../credits/pay-top-up.js";
import { settleCredits } from "../credits/settle-credits.js";
import { pushChosen } from "../customers/choose-profile.js";
import { identifyWaiting } from "../customers/identify-waiting.js";
import { endDeleted, finishDeletions } from "../deletions/delete-customer.js";
import { settleDispute, settleFraudWarning } from "../disputes/settle-dispute.js";
import { checkCard } from "../dunning/check-card.js";
import type { DunningRules } from "../dunning/dunning-options.js";
import { notifyDunning, tellDunning } from "../dunning/tell-dunning.js";
import { retryEvents } from "../inbox/retry-events.js";
import { nameCustomer } from "../moves/move-subscription.js";
import { replaceDefaultMethod } from "../payment-methods/replace-default-method.js";
import { migratePrices } from "../price-migrations/migrate-prices.js";
import { settleRefund } from "../refunds/settle-refund.js";
import { settleDueSeats } from "../seats/settle-due-seats.js";
import { settleDuplicate } from "../second-subscriptions/settle-duplicate.js";
import { reportUsage } from "../usage/report-usage.js";
import type { JobHandler } from "./job-handler.js";
import { measureDrift } from "./measure-drift.js";
import { prune } from "./prune.js";
import { runReconcile } from "./reconcile-job.js";
import { tellTrials } from "./tell-trials.js";

/** Few enough that a round is over before others may take up the same events. */
const batchSize = 20;

/** Retries what is due, batch after batch: what fails comes up again later by itself. */
const retryDueEvents: JobHandler<"retry_events"> = async (context, _job, signal) => {
  for (;;) {
    const { settled, failed } = await retryEvents(context, { limit: batchSize });
    if (settled + failed < batchSize || signal.aborted) return;
  }
};

/** What each type of job does. */
export const jobHandlers = {
  identify_customer: identifyWaiting,
  push_profile: pushChosen,
  name_customer: nameCustomer,
  retry_events: retryDueEvents,
  tell_trials: tellTrials,
  tell_dunning: tellDunning,
  notify_dunning: notifyDunning,
  check_card: checkCard,
  delete_customers: finishDeletions,
  end_deleted: endDeleted,
  report_usage: async (context, _job, signal) => void (await reportUsage(context, { signal })),
  async grant_credits(context, { customerId }) {
    await grantAllCredits(context, customerId);
    await payTopUps(context, customerId);
  },
  top_up_credits: payTopUp,
  settle_credits: (context, _job, signal) => settleCredits(context, signal),
  migrate_prices: migratePrices,
  settle_seats: settleDueSeats,
  count_history: async ({ store }) => void (await store.countHistory()),
  measure_drift: measureDrift,
  prune,
  settle_duplicate: settleDuplicate,
  settle_checkout: settleCompleted,
  replace_default: replaceDefaultMethod,
  settle_refund: settleRefund,
  settle_dispute: settleDispute,
  settle_fraud_warning: settleFraudWarning,
  reconcile: runReconcile,
} satisfies { readonly [T in Job["type"]]?: JobHandler<T> };

/** The jobs that come up by themselves. A period is at most a week, and begins at the same time on every instance. */
export function scheduleOf({
  providers,
  reconcileEveryHours,
  dunning,
  usageTarget,
  catalog,
  isMeasured,
}: {
  readonly providers: Pick<Providers, "all">;
  readonly dunning: Pick<DunningRules, "noticeDays">;
  /** 0: the store is not compared with the provider automatically. */
  readonly reconcileEveryHours: number;
  readonly usageTarget: UsageTarget;
  readonly catalog: Catalog;
  /** Whether anybody is told what is measured. */
  readonly isMeasured: boolean;
}): readonly JobSchedule[] {
  const tellsAll = providers.all.every(({ events }) => events.tells.has("trial.ending"));
  const hasSeats = seatGroupsOf(catalog).length > 0;
  return [
    { type: "retry_events", everySeconds: 60 },
    ...(tellsAll ? [] : [{ type: "tell_trials", everySeconds: 3600 } as const]),
    ...(dunning.noticeDays.length > 0 ? [{ type: "tell_dunning", everySeconds: 900 } as const] : []),
    ...(usageTarget === "none" ? [] : [{ type: "report_usage", everySeconds: 60 } as const]),
    ...(catalog.credits === undefined ? [] : [{ type: "settle_credits", everySeconds: 60 } as const]),
    { type: "delete_customers", everySeconds: 300 },
    { type: "migrate_prices", everySeconds: 900 },
    ...(hasSeats ? [{ type: "settle_seats", everySeconds: 60 } as const] : []),
    { type: "count_history", everySeconds: 900 },
    ...(isMeasured ? [{ type: "measure_drift", everySeconds: 60 } as const] : []),
    { type: "prune", everySeconds: 3600 },
    ...(reconcileEveryHours > 0
      ? [{ type: "reconcile", everySeconds: reconcileEveryHours * 3600 } as const]
      : []),
  ];
}
