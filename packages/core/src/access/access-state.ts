import type { FeatureType } from "../catalog/catalog.js";
import type { CreditsSummary } from "../language/credits.js";
import type { Interval } from "../language/interval.js";
import type { Currency, Money } from "../language/money.js";
import type { PriceRate } from "../language/price-rate.js";
import type {
  AddOnQuantities,
  PendingChange,
  Period,
  SubscriptionPause,
  SubscriptionStatus,
} from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
import type { AddOnOffers } from "../offer/add-on-offer.js";
import type { PlanOffers } from "../offer/plan-offer.js";
import type { AccessUnlock } from "./access-unlock.js";
import type { FeatureCap } from "./feature-cap.js";

/** Why a feature is closed. */
export type DenialReason =
  /** Nobody is signed in. */
  | "signed_out"
  /** The customer's plan does not have it; `upgradeTo` does. */
  | "not_in_plan"
  /** The plan has it, and all of it is used. */
  | "limit_reached"
  /** The plan that was bought has it, but a payment failed and the grace period is over. */
  | "payment_failed"
  /** The plan that was chosen has it, but its first payment is not finished, or its trial ended without one. */
  | "payment_incomplete"
  /** The plan that was bought has it, but the subscription is paused. */
  | "paused"
  /** The billing store is out of reach, and the app's outage policy keeps the feature closed meanwhile. */
  | "unavailable";

/** What a customer may do with one feature, before the app's own count is known. */
export interface FeatureAccess {
  readonly type: FeatureType;
  /** Whether the plan grants it at all. */
  readonly allowed: boolean;
  /** Why not; `null` when allowed. */
  readonly reason: DenialReason | null;
  /** How many the plan grants: `null` is unlimited, and always `null` for a switch. */
  readonly limit: number | null;
  /**
   * What Tollgate has counted this period, for a metered feature; for a limit that plans grant by the seat, how many
   * members `billing.seats.set` was last told of. 0 otherwise.
   */
  readonly used: number;
  /** When the count of a metered feature starts again; `null`: never. Absent for what is not metered, or not known. */
  readonly resetsAt?: IsoTime | null;
  /**
   * What is used beyond `limit` is never denied: it is billed, or only counted. Absent: use ends there.
   */
  readonly overage?: "billed" | "allowed";
  /** Where it ends all the same, and whose word that is. Absent: any number may be used beyond `limit`. */
  readonly cap?: FeatureCap;
  /**
   * The cheapest plan for sale that grants it, or grants more of it, even while it is allowed; `null` when there is
   * none, or when the way out is to fix the payment or end the pause.
   */
  readonly upgradeTo: string | null;
  /**
   * What to buy that grants more of it, and what it costs this customer, also while it is allowed: plans from cheap to
   * rich, then add-ons. Absent: nothing, or the way out is another one.
   */
  readonly unlocks?: readonly AccessUnlock[];
}

/** An add-on that is billed with a plan. */
export interface HeldAddOn {
  readonly addOnId: string;
  readonly quantity: number;
  /** Per unit and interval, in minor units; what this customer pays, even if the price has changed since. */
  readonly unitAmount: number | null;
}

/** What a customer may see of a plan that they subscribe to: none of the provider's ids. */
export interface SubscriptionSummary {
  readonly planId: string;
  /** The plan's group. */
  readonly group: string;
  readonly status: SubscriptionStatus;
  readonly interval: Interval;
  readonly currency: Currency;
  readonly quantity: number;
  /** Per unit and interval, in minor units; what this customer pays, even if the price has changed since. */
  readonly unitAmount: number | null;
  /** What several cost where that is not `unitAmount` for each; absent: it is. */
  readonly rate?: PriceRate;
  readonly currentPeriod: Period | null;
  readonly cancelAt: IsoTime | null;
  readonly endedAt: IsoTime | null;
  readonly trialEndsAt: IsoTime | null;
  readonly pause: SubscriptionPause | null;
  readonly pendingChange: PendingChange | null;
  /** The add-ons that are billed with it, whether or not they are open now; absent: none. */
  readonly addOns?: readonly HeldAddOn[];
}

/** Something that the customer, or the app's developer, should look at. */
export type Attention = "payment_failed" | "unknown_plan";

/** A payment that failed, as people see it. */
export interface PaymentTrouble {
  /** Since when it is known to have failed, by the provider's time. */
  readonly since: IsoTime;
  /** How often the provider has tried by itself; `null` where it doesn't count. */
  readonly attempts: number | null;
  /** When the provider tries again by itself; `null`: it has given up, or doesn't say. */
  readonly nextAttemptAt: IsoTime | null;
  /** What is left to pay; `null` for a person who may not manage billing. */
  readonly due: Money | null;
}

/** What a customer may use now, as plain data: the body of GET /access and `access.toJSON()`. */
export interface AccessState {
  /** The app's own id; `null` when nobody is signed in. */
  readonly customerId: string | null;
  /** Whether this person may open checkout and the portal (`role: "manager"`). */
  readonly canManage: boolean;
  /** Whether there is something at the provider that the portal could show. */
  readonly hasBillingAccount: boolean;
  /** The plan whose features are open now; `null` when the catalog has no free plan and none was bought. */
  readonly planId: string | null;
  /** The subscription of the main group that counts now; an ended one shows that it ended. */
  readonly subscription: SubscriptionSummary | null;
  /** The one that counts now in each group; a subscription with two plans shows both. */
  readonly subscriptions: readonly SubscriptionSummary[];
  readonly attention: Attention | null;
  /** Until when a failed payment is tolerated; `null` when none failed, or the grace period is over. */
  readonly graceEndsAt: IsoTime | null;
  /** What failed; `null` when nothing did, or the provider doesn't say what. */
  readonly paymentTrouble: PaymentTrouble | null;
  /** Whether a free trial was used on any plan: there is one per customer. */
  readonly trialUsed: boolean;
  readonly features: Readonly<Record<string, FeatureAccess>>;
  /**
   * What this person may do about each plan that is not retired. Empty when nobody is signed in, or what they have
   * could not be read: `findOffer` then returns what is offered to anybody.
   */
  readonly offers: PlanOffers;
  /** How many of each product of the catalog were bought once and paid for, 0 included. */
  readonly owned: Readonly<Record<string, number>>;
  /**
   * Whether the billing store was out of reach: features then follow the app's outage policy, and the rest is what was
   * last known, or empty even though there may be a plan. Sell nothing on the strength of it.
   */
  readonly degraded: boolean;
  /** How many of which add-on are open now; absent: none is. */
  readonly addOns?: AddOnQuantities;
  /**
   * What this person may do about each add-on that is for sale or held, in a subscription that runs. Absent: the catalog
   * has none, nobody is signed in, or what they have could not be read.
   */
  readonly addOnOffers?: AddOnOffers;
  /**
   * What is left of each of the catalog's credits. Absent: the catalog has none, nobody is signed in, or what they have
   * could not be read.
   */
  readonly credits?: Readonly<Record<string, CreditsSummary>>;
  readonly decidedAt: IsoTime;
}
