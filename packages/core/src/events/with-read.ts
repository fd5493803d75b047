import type { ProviderRead } from "../language/provider-read.js";
import type { ProviderSubscription } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
import type { EventDecision, KnownFacts } from "./event-decision.js";
import { jobsOf } from "./jobs-of.js";
import { projectRead } from "./project-event.js";

type Settled = Extract<EventDecision, { action: "settle" }>;

/**
 * Adds the state of its subscription, as it was read on that occasion, to what is decided about a payment or a
 * checkout: what was read is not thrown away. The app hears of the subscription first.
 *
 * @param facts read before the provider was asked
 * @param since when the payment or the checkout occurred
 *
 * @example
 * function addState(told: EventDecision, read: ProviderRead<"foreign" | null>, facts: KnownFacts): EventDecision {
 *   return told.action === "settle" ? withRead(told, read, facts, read.asOf) : told;
 * }
 */
export function withRead(
  decided: Settled,
  { value: state, asOf }: ProviderRead<ProviderSubscription | "foreign" | null>,
  facts: KnownFacts,
  since: IsoTime,
): Settled {
  const current = facts.current?.subscription ?? null;
  const customerId = current?.customerId ?? facts.customerId;
  if (state === null || customerId === null) return decided;
  const revision = facts.current?.revision ?? null;
  const news = projectRead({ state, asOf, current, revision, customerId, since });
  if (news.action !== "apply") return decided;
  const { subscription } = news;
  const callbacks = [...news.callbacks, ...decided.callbacks];
  return { ...decided, subscription, callbacks, jobs: [...jobsOf(current, subscription), ...decided.jobs] };
}
