import type { Subscription } from "../language/subscription.js";
import { notSupported, refuseEnded } from "./choose-subscription.js";
import type { EndingAbilities } from "./ending-abilities.js";

/** What is to be done so that it runs on: `keep` withdraws an end that is ahead, `resume` ends a pause. */
export type ResumeStep = "keep" | "resume";

/**
 * What lets a subscription run on: an end that is ahead is withdrawn, a pause of either kind ends. A trial that is
 * cancelled and resumed stays the trial that it was. One that simply runs needs nothing, so that a second click does no
 * harm.
 *
 * @returns in this order; empty: it runs already
 * @throws BillingError `subscription_ended`, `not_supported` where the provider can't
 * @example
 * function isPlain(subscription: Subscription, abilities: EndingAbilities): boolean {
 *   return decideResume({ subscription, abilities }).length === 0;
 * }
 */
export function decideResume(input: {
  readonly subscription: Subscription;
  /** `null`: the provider can do nothing of it. */
  readonly abilities: EndingAbilities | null;
}): readonly ResumeStep[] {
  const { subscription, abilities } = input;
  refuseEnded(subscription);
  const steps: ResumeStep[] = [];
  if (subscription.cancelAt !== null) {
    if (abilities?.keeps !== true) throw notSupported("withdraw an end", {});
    steps.push("keep");
  }
  if (subscription.pause !== null) {
    const { kind } = subscription.pause;
    if (!abilities?.pauses.some((one) => one.kind === kind)) throw notSupported("end this pause", { kind });
    steps.push("resume");
  }
  return steps;
}
