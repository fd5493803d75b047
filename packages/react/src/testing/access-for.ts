import {
  type AccessState,
  type Catalog,
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
  const { customerId = "org_1", canManage = true, planId, usage = {}, plans: named = [] } = options;
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
  return decideAccess({ catalog: plans, customer, subscriptions, usage, purchases, plans: named, now });
}
