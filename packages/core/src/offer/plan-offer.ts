import type { IsoTime } from "../language/time.js";

/** What a person may do about a plan now. */
export type PlanOffer =
  /**
   * They already have it. `changes`: whether another interval, or another number of seats, may be chosen for it at the
   * provider's portal; `switches`: not there, but by a change of ours.
   */
  | { readonly kind: "current"; readonly changes: boolean; readonly switches?: true }
  /** Agreed, and starts at `at`. */
  | { readonly kind: "pending"; readonly at: IsoTime }
  /**
   * A new subscription, by checkout; `trialDays` is 0 when there is no trial or it was used. `introUsed`: the plan has an
   * intro, which this customer does not get.
   */
  | { readonly kind: "checkout"; readonly trialDays: number; readonly introUsed?: true }
  /**
   * The running subscription of the plan's group becomes it, at the provider's portal: now, or when what was paid for
   * is used up; `null` where the amounts needed to say so are not known.
   */
  | {
      readonly kind: "change";
      readonly to: "higher" | "lower" | "interval" | "quantity";
      readonly at: "now" | "period_end" | null;
    }
  /**
   * The same, where the provider's portal can't do it: by a change of ours (`billing.subscriptions.change`, POST
   * /subscription/change), whose preview says what it costs. Add-ons that are held go along.
   */
  | {
      readonly kind: "switch";
      readonly to: "higher" | "lower" | "interval" | "quantity";
      readonly at: "now" | "period_end" | null;
    }
  /** To the free plan: the running subscription is cancelled, at the provider's portal. */
  | { readonly kind: "cancel" }
  /** Sold by hand. */
  | { readonly kind: "contact"; readonly url: string }
  /** The free plan, for somebody who is not signed in. */
  | { readonly kind: "sign_up" }
  /** There is something to do, but somebody else at the customer has to do it: `canManage` is false. */
  | { readonly kind: "managers_only" }
  /** No price in the currency that counts, or a provider whose checkout can't be opened from here. */
  | { readonly kind: "not_sold" }
  /** On sale, but what they have can't become it, at the provider's portal or by a change of ours. */
  | { readonly kind: "not_switchable" };

/** By plan: every plan that is not retired. */
export type PlanOffers = Readonly<Record<string, PlanOffer>>;
