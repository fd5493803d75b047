import type { ErrorCode } from "../language/error-status.js";
import { BillingError } from "../language/errors.js";
import type { Subscription, SubscriptionPause } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
import { notSupported, refuseEnded } from "./choose-subscription.js";
import { chooseTime } from "./choose-time.js";
import type { EndingAbilities } from "./ending-abilities.js";

/** What to do about a wish to pause; `unchanged`: it is paused that way already. */
export type PauseDecision =
  | { readonly kind: "unchanged" }
  | {
      readonly kind: "pause";
      readonly how: SubscriptionPause["kind"];
      /** `null`: until somebody resumes it. */
      readonly until: IsoTime | null;
    };

/**
 * Whether a subscription can be paused. A pause begins at once: with `collection` the service continues and no money is
 * collected, with `full` both stop.
 *
 * | state | answer |
 * |---|---|
 * | active | paused |
 * | paused the same way | unchanged, or its end moves |
 * | paused the other way | `already_paused` |
 * | trialing | `trial_running`: it costs nothing, and ends when it ends |
 * | past_due, unpaid | `payment_overdue`: what is owed is paid first |
 * | an end is ahead | `cancel_scheduled`: it is resumed first, or it ends |
 * | ended | `subscription_ended` |
 *
 * @param input.until when it resumes by itself; `null`: until somebody resumes it
 * @param input.how absent: as the provider does it first, or first until a date
 * @throws BillingError those of the table, `invalid_time`, `not_supported` where the provider can't
 * @example
 * function pauses(subscription: Subscription, abilities: EndingAbilities, now: Date): boolean {
 *   return decidePause({ subscription, until: null, abilities, now }).kind === "pause";
 * }
 */
export function decidePause(input: {
  readonly subscription: Subscription;
  readonly how?: SubscriptionPause["kind"] | undefined;
  readonly until: string | null;
  /** `null`: the provider can do nothing of it. */
  readonly abilities: EndingAbilities | null;
  readonly now: Date;
}): PauseDecision {
  const { subscription, abilities } = input;
  const until = input.until === null ? null : chooseTime("until", input.until, input.now);
  refuseEnded(subscription);
  const how = chooseKind(abilities, until, input.how);
  const { status, cancelAt, pause } = subscription;
  if (pause !== null && pause.kind !== how) {
    throw refuse("already_paused", "It is paused in another way: resume it first.", { kind: pause.kind });
  }
  if (pause !== null && pause.resumesAt === until) return { kind: "unchanged" };
  if (status === "past_due" || status === "unpaid")
    throw refuse("payment_overdue", "A payment is overdue: pay first.");
  if (status === "trialing") throw refuse("trial_running", "A trial can't be paused.");
  if (cancelAt !== null)
    throw refuse("cancel_scheduled", "It is cancelled: resume it before it is paused.", { cancelAt });
  return { kind: "pause", how, until };
}

function chooseKind(
  abilities: EndingAbilities | null,
  until: IsoTime | null,
  wanted: SubscriptionPause["kind"] | undefined,
): SubscriptionPause["kind"] {
  const able = (abilities?.pauses ?? []).filter((one) => until === null || one.until);
  const found = wanted === undefined ? able[0] : able.find(({ kind }) => kind === wanted);
  if (found !== undefined) return found.kind;
  throw notSupported(until === null ? "pause it" : "pause it until a date", wanted ? { kind: wanted } : {});
}

function refuse(
  code: ErrorCode,
  message: string,
  details: Readonly<Record<string, string>> = {},
): BillingError {
  return new BillingError(code, message, { details });
}
