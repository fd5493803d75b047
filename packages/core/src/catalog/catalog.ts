import type { Interval } from "../language/interval.js";
import type { Amounts } from "../language/money.js";
import type { UsageCap } from "../language/usage-cap.js";
import type { CreditDefinition, PlanCredits } from "./credits-definition.js";
import type { IntroDefinition, PriceDefinition, UsagePrice } from "./price-definition.js";
import type { Taxed } from "./tax-behavior.js";

/** On or off. */
export interface SwitchFeature {
  readonly type: "switch";
  readonly name: string;
  readonly description?: string;
}

/** A number at a time; the app counts, Tollgate compares. */
export interface LimitFeature {
  readonly type: "limit";
  readonly name: string;
  readonly description?: string;
}

/** A number per period; Tollgate counts. */
export interface MeteredFeature {
  readonly type: "metered";
  readonly name: string;
  readonly description?: string;
  /**
   * When the count starts again.
   *
   * | | |
   * |---|---|
   * | `period` | with each period of the subscription: once a year, where it is paid by the year |
   * | `billing_month` | each month on the day of the month on which the subscription's period began, or on the last day of a shorter month: twelve times where it is paid by the year |
   * | `month`, `week`, `day` | with the calendar's, in UTC, whatever is bought; weeks begin on Monday |
   * | `never` | what a plan grants is for good |
   *
   * Where nothing was bought, `period` and `billing_month` are the calendar's month; so is `billing_month` where a plan is
   * paid by weeks or days.
   */
  readonly reset: UsageReset;
  /**
   * At how many percent of what is included, and of what a cap leaves beyond it, `usage.threshold_reached` is told: whole
   * numbers from 1 to 100. @default [80, 100]
   */
  readonly alertAt?: readonly number[];
}

/** When the count of a metered feature starts again. */
export type UsageReset = "period" | "billing_month" | "month" | "week" | "day" | "never";

/** Something that plans grant. */
export type Feature = SwitchFeature | LimitFeature | MeteredFeature;
/** How a feature is granted: on or off, a number at a time, or a number per period. */
export type FeatureType = Feature["type"];
/** Features under the names that the app uses. */
export type Features = Readonly<Record<string, Feature>>;

/** What one plan grants of one feature; distributes over unions of features. */
type Grant<T extends Feature> = T extends SwitchFeature ? boolean : number | "unlimited";

/** A plan that is sold by the number may grant as many of what is limited as were bought; distributes over unions. */
type PlanGrant<T extends Feature> = T extends SwitchFeature
  ? boolean
  : T extends LimitFeature
    ? number | "unlimited" | "seats"
    : number | "unlimited";

/** What a unit of an add-on adds: the same without seats. */
export type AddOnIncludes<F extends Features = Features> = { readonly [K in keyof F]?: Grant<F[K]> };

/**
 * What a plan grants: `true` for a switch, a number or `"unlimited"` for a limit or a metered feature; `"seats"` for a
 * limit of which there are as many as seats are paid for.
 */
export type Includes<F extends Features = Features> = {
  readonly [K in keyof F]?: PlanGrant<F[K]>;
};

/** The use of what is counted can have a price; distributes over unions of features. */
type Usage<T extends Feature> = T extends MeteredFeature ? UsagePrice : never;

/** Only what is counted can go beyond; distributes over unions of features. */
type Overage<T extends Feature> = T extends MeteredFeature ? "allowed" | "blocked" : never;

/**
 * How many of a metered feature each member may use in a period: a number, or a share of what their customer may, rounded
 * down.
 */
export type MemberLimit = number | { readonly percent: number };

/** Only what Tollgate counts can be counted by member; distributes over unions of features. */
type PlanMemberLimit<T extends Feature> = T extends MeteredFeature ? MemberLimit : never;

/** What goes beyond can be capped; distributes over unions of features. */
type Cap<T extends Feature> = T extends MeteredFeature ? UsageCap : never;

/** What becomes of a trial that ends without a payment method. */
export type TrialEnd = "pause" | "cancel";

/** A plan as the catalog writes it: what it costs and what it grants. */
export interface PlanDefinition<F extends Features = Features, K extends string = string> extends Taxed {
  readonly name: string;
  readonly description?: string;
  /**
   * A customer holds one plan of each group.
   * @default "main"
   */
  readonly group?: string;
  /**
   * By interval: `day`, `week`, `month`, `year`, or several of them up to three years, like `3_months` or `2_weeks`.
   * Absent: the plan is free, or sold by hand when it has a `contactUrl`.
   */
  readonly prices?: { readonly [K in Interval]?: PriceDefinition };
  /**
   * What is charged for the use of metered features beyond what `includes` grants, or from the first one on. It is
   * billed with each of the plan's intervals, when the interval is over, and never stops the use. Your app tells the
   * provider's meter what was used.
   */
  readonly usage?: { readonly [K in keyof F]?: Usage<F[K]> };
  /**
   * What becomes of the use of a metered feature beyond what `includes` grants, where it has no price in `usage`:
   * `"blocked"` denies it, `"allowed"` lets it go on, counted and not billed. @default "blocked"
   */
  readonly overage?: { readonly [K in keyof F]?: Overage<F[K]> };
  /**
   * How far the use of metered features may go beyond what `includes` grants, where it is billed or allowed. Your app can set
   * another cap for one customer, and the customer a lower one: `billing.usage.setCap`. @default any number
   */
  readonly caps?: { readonly [K in keyof F]?: Cap<F[K]> };
  /** Days of free trial, once per customer across all plans. @default 0 */
  readonly trialDays?: number;
  /**
   * What the trial costs, for all of its days and whatever the quantity, in each of the plan's currencies; in minor units.
   * It is paid when the trial begins. A promotion code takes the place of such a trial. @default nothing
   */
  readonly trialPrice?: Amounts;
  /**
   * Begins the trial without asking for a payment method. Where there is still none when it ends, the subscription is
   * paused until one is added, or ends.
   * @default a payment method is asked for
   */
  readonly trialWithoutCard?: TrialEnd;
  /**
   * By interval: what the first payments of a customer's first subscription are reduced by. A change to another plan or
   * interval ends it, and a promotion code takes its place. Not together with `trialDays`. @default no payment is
   */
  readonly intro?: { readonly [K in Interval]?: IntroDefinition };
  /**
   * `"seats"` grants as many of a limit, such as members, as seats are paid for: what the quantity charges and what access
   * allows are one number then.
   */
  readonly includes: { readonly [K in keyof F]?: PlanGrant<F[K]> };
  /**
   * How many of a metered feature each member may use of what their customer may: `100`, or `{ percent: 20 }` of it. It holds
   * for what is recorded with a `memberId`, also where use beyond what is included is billed or allowed. Your app can give a
   * member another limit, by `billing.members.setLimit`. @default as many as their customer
   */
  readonly perMember?: { readonly [K in keyof F]?: PlanMemberLimit<F[K]> };
  /** What it grants of the catalog's credits in each period that is paid for, or tried. @default none */
  readonly credits?: { readonly [X in K]?: PlanCredits };
  /** Marks the one plan that the pricing table recommends. @default false */
  readonly featured?: boolean;
  /** Where "Contact us" leads, for a plan that is sold by hand: `https:` or `mailto:`. */
  readonly contactUrl?: string;
  /** No longer shown or sold; those who have it keep it. @default false */
  readonly retired?: boolean;
  /**
   * Shown and sold only to people for whom `identify` names it (`plans: ["acme"]`), and by your own server code; for
   * everybody else it is as if it did not exist. Whoever has it keeps it. A catalog that the browser loads can be read by
   * anybody: a plan whose very existence is a secret is added on the server, by `withPrivatePlans`. @default false
   */
  readonly private?: boolean;
}

/** Something bought once, without a subscription. */
export interface ProductDefinition<K extends string = string> extends Taxed {
  readonly name: string;
  readonly description?: string;
  /** In minor units. */
  readonly price: Amounts;
  /** Sold to each customer at most once: whoever owns it is refused another one. @default false */
  readonly once?: boolean;
  /** How many of the catalog's credits each unit grants. @default none */
  readonly credits?: { readonly [X in K]?: number };
  /** How many days after the purchase they expire. @default never */
  readonly creditsExpireAfterDays?: number;
}

/** A recurring extra on a subscription to a plan: bought with it or later, in any number, and billed with it. */
export interface AddOnDefinition<F extends Features = Features, P extends string = string> extends Taxed {
  readonly name: string;
  readonly description?: string;
  /**
   * Per unit, in minor units, by interval. It is billed by its plan's interval: with a plan that is paid by one which is
   * not here, it is not sold.
   */
  readonly prices: { readonly [K in Interval]?: Amounts };
  /** The plans that it may be added to. @default every plan that is paid for and does not grant already all that it adds */
  readonly plans?: readonly P[];
  /** How many a subscription may have. @default 10000 */
  readonly maximum?: number;
  /** What each unit adds to what the plan grants; `true` grants a switch, and `"unlimited"` exceeds any number. */
  readonly includes: AddOnIncludes<F>;
  /** No longer shown or sold; those who have it keep it. @default false */
  readonly retired?: boolean;
}

/**
 * What you sell, as data: shared by browser and server, holds no secret. Made by `definePlans`; the type
 * parameters carry the names of features, plans, products and add-ons to everything that uses the catalog.
 */
export interface Catalog<
  F extends Features = Features,
  P extends string = string,
  R extends string = string,
  A extends string = string,
  K extends string = string,
> {
  readonly features: F;
  /** From the cheapest to the richest: an upgrade is always to a later plan. */
  readonly plans: Readonly<Record<P, PlanDefinition<F, K>>>;
  readonly products: Readonly<Record<R, ProductDefinition<K>>>;
  /** @default none */
  readonly addOns?: Readonly<Record<A, AddOnDefinition<F, P>>>;
  /** What is granted, bought and used up, by `billing.credits`. @default none */
  readonly credits?: Readonly<Record<K, CreditDefinition>>;
}

// Names are written as templates, because the compiler shows those resolved: an error reads `"export" | "projects"`,
// where `keyof … & string` would show the whole catalog.
/** The names of a catalog's features: `"export" | "projects"`. */
export type FeatureId<C extends Catalog> = `${keyof C["features"] & string}`;
/** The names of a catalog's plans: `"free" | "pro"`. */
export type PlanId<C extends Catalog> = `${keyof C["plans"] & string}`;
/** The names of a catalog's products: `"handbook" | "credits"`. */
export type ProductId<C extends Catalog> = `${keyof C["products"] & string}`;
/** The names of a catalog's add-ons: `"storage" | "support"`. */
export type AddOnId<C extends Catalog> = `${keyof NonNullable<C["addOns"]> & string}`;
/** The names of a catalog's credits: `"tokens"`. */
export type CreditId<C extends Catalog> = `${keyof NonNullable<C["credits"]> & string}`;
