import {
  type AccessState,
  type Catalog,
  type CreditId,
  type CreditsSummary,
  decideAccess,
  type PlanId,
  type ProductId,
  type Subscription,
} from "@tollgate/core";
import { subscriptionFor } from "./subscription-for.js";

export interface AccessForOptions<C extends Catalog = Catalog> {
  /** `null`: nobody is signed in. @default "org_1" */
  readonly customerId?: string | null;
  /** Whether they may open checkout and the portal. @default true */
  readonly canManage?: boolean;
  /** @default whether there is a subscription */
  readonly hasBillingAccount?: boolean;
  /** A running subscription to this plan. @default none */
  readonly planId?: PlanId<C>;
  /** What differs from a running monthly subscription to `planId`. */
  readonly subscription?: Partial<Omit<Subscription, "planId">>;
  /** More subscriptions, made with `subscriptionFor`. */
  readonly subscriptions?: readonly Subscription[];
  /** What was counted for each metered feature. */
  readonly usage?: Readonly<Record<string, number>>;
  /** The ids of the private plans that are named for them. @default none */
  readonly plans?: readonly string[];
  /** How many of which products were bought once. @default none */
  readonly owned?: { readonly [K in ProductId<C>]?: number };
  /** What is left of which credits. @default not known */
  readonly credits?: { readonly [K in CreditId<C>]?: CreditsSummary };
  /** @default 2026-11-21T12:00:00.000Z */
  readonly now?: Date;
}

/**
 * What core decides for a customer as described: the same object that a server would send.
 *
 * @example
 * accessFor(plans, { planId: "pro", subscription: { status: "past_due" } });
 */
export function accessFor<C extends Catalog>(plans: C, options: AccessForOptions<C> = {}): AccessState {
  const { customerId = "org_1", canManage = true, planId, usage = {}, plans: named = [], credits } = options;
  const now = options.now ?? new Date("2026-11-21T12:00:00.000Z");
  const first = planId === undefined ? [] : [subscriptionFor(plans, planId, options.subscription)];
  const subscriptions = [...first, ...(options.subscriptions ?? [])];
  const hasBillingAccount = options.hasBillingAccount ?? subscriptions.length > 0;
  const customer = customerId === null ? null : { id: customerId, canManage, hasBillingAccount };
  const purchases = Object.entries<number | undefined>(options.owned ?? {}).map(
    ([productId, quantity = 0]) => ({
      productId,
      quantity,
    }),
  );
  return decideAccess({
    ...{ catalog: plans, customer, subscriptions, usage, purchases, plans: named, now },
    ...(credits && { credits: creditsFor(plans, credits) }),
  });
}

/** Of what is not said nothing is left. */
function creditsFor(
  plans: Catalog,
  left: Readonly<Record<string, CreditsSummary | undefined>>,
): Readonly<Record<string, CreditsSummary>> {
  const none: CreditsSummary = { available: 0, held: 0, owed: 0, expiring: null };
  return Object.fromEntries(Object.keys(plans.credits ?? {}).map((id) => [id, left[id] ?? none]));
}
