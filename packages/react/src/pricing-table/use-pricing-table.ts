import {
  type AccessState,
  type BillingError,
  CodedError,
  type Currency,
  type Interval,
  type PlanDescription,
  type PlansDescription,
} from "@tollgate/core";
import { useState } from "react";
import { useAccess } from "../access/use-access.js";
import { useBilling } from "../billing-context.js";
import { usePlans } from "../plans/use-plans.js";
import { signedOutAccess } from "../session/signed-out-access.js";
import { subscriptionOfGroup } from "./decide-offer.js";
import { decideSaving, type YearlySaving } from "./decide-saving.js";
import { describeExpected, type ExpectedPlans } from "./expected-plans.js";
import { withOwnPrice } from "./own-price.js";
import { describePlanView, type PlanView } from "./plan-view.js";
import { type CurrencyOptions, useCurrencyChoice } from "./use-currency-choice.js";
import { type PlanSelection, usePlanSelection } from "./use-plan-selection.js";

export interface UsePricingTableOptions extends CurrencyOptions {
  /** The chosen interval, when you control it; without `onIntervalChange` the switch is left out. */
  readonly interval?: Interval | undefined;
  /** What a person without a subscription sees first; the others see their own interval. @default "month" */
  readonly defaultInterval?: Interval | undefined;
  readonly onIntervalChange?: ((interval: Interval) => void) | undefined;
  /** Which plans to show: a customer holds one of each group. @default "main" */
  readonly group?: string | undefined;
  /**
   * What the skeleton stands for until the plans arrive: a catalog like yours makes it exact, with its own words and
   * at every width. Not needed where the provider has `plans`. @default { plans: 3, features: 5 }
   */
  readonly expects?: ExpectedPlans | undefined;
  /** Replaces what choosing a plan does. @default opens the checkout, or the portal for who subscribes already */
  readonly onSelect?: ((selection: PlanSelection) => void) | undefined;
  /** A path of yours to come back to from checkout. @default this page */
  readonly returnUrl?: string | undefined;
  /** A path of yours for "back" in the checkout. @default the return URL */
  readonly cancelUrl?: string | undefined;
}

export interface PricingTableState {
  readonly status: "loading" | "ready" | "failed";
  /** Why plans or access could not be read; what was known stays. */
  readonly error: BillingError | null;
  /** Whether the server is being asked now. */
  readonly fetching: boolean;
  readonly views: readonly PlanView[];
  readonly description: PlansDescription | null;
  readonly interval: Interval;
  readonly setInterval: (interval: Interval) => void;
  /** Whether the person has switched the interval on this page. */
  readonly switched: boolean;
  /** What the switch offers; fewer than two are no switch. */
  readonly intervals: readonly Interval[];
  readonly saving: YearlySaving | null;
  /** The one that the prices are in; that of the select may still be on its way. */
  readonly currency: Currency | null;
  readonly askedCurrency: Currency | null;
  /** What there is to choose from; fewer than two are no choice. */
  readonly currencies: readonly Currency[];
  /** Whether a running subscription has made the choice. */
  readonly isBilled: boolean;
  readonly setCurrency: (currency: Currency) => void;
  readonly setQuantity: (planId: string, quantity: number) => void;
  readonly select: (view: PlanView) => void;
  readonly retry: () => void;
}

/** Everything that the pricing table shows and does, without its looks. */
export function usePricingTable(options: UsePricingTableOptions = {}): PricingTableState {
  const { session, signInUrl } = useBilling();
  const access = useAccess();
  const known = access.state;
  const who = known ?? (access.status === "failed" ? null : stranger);
  const [switchedTo, setSwitchedTo] = useState<Interval | null>(null);
  const [quantities, setQuantities] = useState<{ session: object; byPlan: Readonly<Record<string, number>> }>(
    {
      session,
      byPlan: {},
    },
  );
  const { asked, isBilled, isHeld, pick } = useCurrencyChoice(options, known);
  const answer = usePlans(asked === undefined ? {} : { currency: asked });
  const arrived = useLastKnown(answer.plans);
  const description = arrived ?? expectedIf(answer.status === "loading", options, asked);
  const currency = description?.currency ?? null;
  const listed = description?.plans.filter(({ group }) => group === (options.group ?? "main")) ?? [];

  const held = known && subscriptionOfGroup(known, listed);
  const plans = currency === null ? [] : listed.map((plan) => withOwnPrice(plan, held, currency));
  // They may have a plan that the server can't see now: nothing is sold to them until it can.
  const isUnsure = known?.degraded === true && held === null;
  const intervals = intervalsOf(plans);
  const wanted = options.interval ?? switchedTo ?? held?.interval ?? options.defaultInterval ?? "month";
  const interval = intervals.includes(wanted) ? wanted : (intervals[0] ?? "month");
  const selection = usePlanSelection(options);
  const keepsRoom = useState(arrived === null || access.status === "loading" || access.settling)[0];
  // Seats belong to who chose them: another person signing in starts anew.
  const chosen = quantities.session === session ? quantities.byPlan : {};

  return {
    status: arrived ? "ready" : answer.status,
    error: answer.error ?? access.error ?? (isUnsure ? unreadable() : null),
    fetching: answer.fetching || access.fetching,
    description,
    interval,
    // Held by the app, which doesn't want to hear of a change: a switch would do nothing.
    intervals: options.interval !== undefined && options.onIntervalChange === undefined ? [] : intervals,
    switched: switchedTo !== null,
    setInterval(next) {
      setSwitchedTo(next);
      options.onIntervalChange?.(next);
    },
    saving: decideSaving(plans),
    currency,
    askedCurrency: description?.currencies.find((one) => one === asked) ?? currency,
    currencies: isHeld ? [] : (description?.currencies ?? []),
    isBilled,
    setCurrency: pick,
    setQuantity: (planId, quantity) => setQuantities({ session, byPlan: { ...chosen, [planId]: quantity } }),
    views: plans.map((plan) =>
      describePlanView({
        plan,
        plans,
        interval,
        currency: currency ?? "usd",
        access: who,
        isKnown: arrived !== null && access.status !== "loading" && !access.settling && !isUnsure,
        keepsRoom,
        quantity: chosen[plan.id],
        activity: selection.activityOf(plan.id),
        signInUrl: options.onSelect ? null : signInUrl,
      }),
    ),
    select: selection.select,
    retry() {
      if (answer.error) void answer.refresh();
      if (access.error || isUnsure) void access.refresh();
    },
  };
}

/** Until it is known who asks, the table is laid out as for a stranger, with the buttons still blank. */
const stranger: AccessState = /* @__PURE__ */ signedOutAccess(null);

function intervalsOf(plans: readonly PlanDescription[]): readonly Interval[] {
  return (["month", "year"] as const).filter((one) =>
    plans.some(({ prices }) => prices.some(({ interval }) => interval === one)),
  );
}

function expectedIf(
  isLoading: boolean,
  { expects = { plans: 3, features: 5 }, group = "main" }: UsePricingTableOptions,
  currency: Currency | undefined,
): PlansDescription | null {
  return isLoading ? describeExpected(expects, group, currency) : null;
}

/** Keeps the plans on screen while the ones in another currency arrive. */
function useLastKnown(plans: PlansDescription | null): PlansDescription | null {
  const [last, setLast] = useState(plans);
  if (plans !== null && plans !== last) setLast(plans);
  return plans ?? last;
}

function unreadable(): BillingError {
  return new CodedError("store_unavailable", 503, "The plan can't be read right now.");
}
