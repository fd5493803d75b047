import type { Subscription, SubscriptionEvent } from "@tollgate/core";
import { atEachProvider } from "../context/providers.js";
import { applyEvent } from "../sync/apply-event.js";
import { applyRead } from "../sync/apply-read.js";
import type { JobContext, JobHandler } from "./job-handler.js";

const msPerDay = 86_400_000;
/** How long before a trial's end it is told of, as Stripe does. */
const daysBefore = 3;
const pageSize = 100;

/** Tells of the coming end of trials where the provider doesn't. */
export const tellTrials: JobHandler<"tell_trials"> = async (context, _job, signal) => {
  for (const one of atEachProvider(context)) {
    if (one.provider.events.tells.has("trial.ending")) continue;
    await tellAll(one, signal);
  }
};

async function tellAll(context: JobContext, signal: AbortSignal): Promise<void> {
  const { store, provider, clock } = context;
  const now = clock();
  const span = {
    ...{ provider: provider.id, from: now.toISOString(), limit: pageSize },
    until: new Date(now.getTime() + daysBefore * msPerDay).toISOString(),
  };
  let after: string | null = null;
  for (;;) {
    const page: readonly Subscription[] = await store.listEndingTrials({ ...span, after });
    for (const trial of page) {
      if (signal.aborted) return;
      await tell(context, trial);
    }
    after = page.at(-1)?.id ?? null;
    if (page.length < pageSize || after === null) return;
  }
}

/** As an event that the provider would have sent: it is kept, applied once, and told once for each end of the trial. */
async function tell(context: JobContext, trial: Subscription): Promise<void> {
  const { store, clock } = context;
  const { id: subscriptionId, provider, customerId, providerCustomerId, trialEndsAt } = trial;
  const id = `tollgate:${subscriptionId}:trial.ending:${trialEndsAt}`;
  if ((await store.findEvent(id, provider)) !== null) return;
  // It may have been put off, or ended, without our having heard of it.
  await applyRead(context, { provider, subscriptionId, customerId });
  const known = await store.findSubscription(subscriptionId, provider);
  if (known?.status !== "trialing" || known.trialEndsAt !== trialEndsAt) return;
  const event: SubscriptionEvent = {
    ...{ id, provider, type: "trial.ending", subscriptionId, providerCustomerId, state: "unreadable" },
    occurredAt: clock().toISOString(),
  };
  await applyEvent(context, event);
}
