import {
  type AccessState,
  type BillingError,
  CodedError,
  type Currency,
  heldIn,
  type PlansDescription,
  withOwnPrice,
} from "@tollgate/core";
import { useState } from "react";
import { useAccess } from "../access/use-access.js";
import { usePlans } from "../plans/use-plans.js";
import { useBilling } from "../session/billing-context.js";
import { signedOutAccess } from "../session/signed-out-access.js";
import { decideSaving, type YearlySaving } from "./decide-saving.js";
import { describeExpected, type ExpectedPlans } from "./expected-plans.js";
import { describePlanView, type PlanView } from "./plan-view.js";
import { type CurrencyOptions, useCurrencyChoice } from "./use-currency-choice.js";
import { type IntervalOptions, useIntervalChoice } from "./use-interval-choice.js";
import { type PlanSelection, usePlanSelection } from "./use-plan-selection.js";

export interface UsePricingTableOptions extends CurrencyOptions, IntervalOptions {
  /** Which plans to show: a customer has one of each group. @default "main" */
  readonly group?: string | undefined;
  /**
   * What the skeleton stands for until the plans arrive: a catalog like yours makes it exact, with its own words and
   * at every width. @default the provider's `plans`, else { plans: 3, features: 5 }
   */
  readonly expects?: ExpectedPlans | undefined;
  /**
   * Replaces what choosing a plan does. @default opens the checkout, or the portal for anyone who already subscribes
   */
  readonly onSelect?: ((selection: PlanSelection) => void) | undefined;
  /** A path of yours to come back to from checkout. @default this page */
  readonly returnUrl?: string | undefined;
  /** A path of yours for "back" in the checkout. @default the return URL */
  readonly cancelUrl?: string | undefined;
}

export interface PricingTableState extends ReturnType<typeof useIntervalChoice> {
  readonly status: "loading" | "ready" | "failed";
  /** Why plans or access could not be read; what was known stays. */
  readonly error: BillingError | null;
  /** Whether the server is being asked now. */
  readonly fetching: boolean;
  readonly views: readonly PlanView[];
  readonly description: PlansDescription | null;
  readonly saving: YearlySaving | null;
  /** The one that the prices are in; the one in the select may still be on its way. */
  readonly currency: Currency | null;
  readonly askedCurrency: Currency | null;
  /** What there is to choose from; fewer than two are not a choice. */
  readonly currencies: readonly Currency[];
  /** Whether a running subscription has made the choice. */
  readonly isBilled: boolean;
  readonly setCurrency: (currency: Currency) => void;
  readonly setQuantity: (planId: string, quantity: number) => void;
  readonly select: (view: PlanView) => void;
  readonly retry: () => void;
}

/** Everything that the pricing table shows and does, except its looks. */
export function usePricingTable(options: UsePricingTableOptions): PricingTableState {
  const { catalog, signInUrl, changeUrl } = useBilling();
  const { group = "main", expects = catalog, onSelect } = options;
  const access = useAccess();
  const known = access.state;
  const { asked, isBilled, isHeld, pick } = useCurrencyChoice(options, known);
  const answer = usePlans({ currency: asked, access: known });
  const arrived = useLastKnown(answer.plans);
  const isLoading = answer.status === "loading";
  const description = arrived ?? (isLoading ? describeExpected(expects, group, asked) : null);
  const currency = description?.currency ?? null;
  const listed = description?.plans.filter((plan) => plan.group === group) ?? [];

  const held = known && heldIn(known.subscriptions, group);
  const plans = listed.map((plan) => withOwnPrice(plan, held, currency));
  const choice = useIntervalChoice(options, plans, held?.interval);
  // They may have a plan that the server can't see now: nothing is sold to them until it can.
  const isUnsure = known?.degraded === true && held === null;
  const isAsking = access.status === "loading" || access.settling;
  const keepsRoom = useState(arrived === null || isAsking)[0];
  const { quantities, setQuantity } = useQuantities();
  const selection = usePlanSelection(options);
  const shared = {
    plans,
    held,
    interval: choice.interval,
    currency: currency ?? "usd",
    access: known ?? (access.status === "failed" ? null : stranger),
    isKnown: arrived !== null && !isAsking && !isUnsure,
    keepsRoom,
    signInUrl: onSelect ? undefined : signInUrl,
    changeUrl: onSelect ? "" : changeUrl,
  };

  return {
    ...choice,
    status: arrived ? "ready" : answer.status,
    error: answer.error ?? access.error ?? (isUnsure ? unreadable() : null),
    fetching: answer.fetching || access.fetching,
    description,
    saving: decideSaving(plans),
    currency,
    askedCurrency: description?.currencies.find((one) => one === asked) ?? currency,
    currencies: isHeld ? [] : (description?.currencies ?? []),
    isBilled,
    setCurrency: pick,
    setQuantity,
    views: plans.map((plan) =>
      describePlanView({
        ...shared,
        plan,
        quantity: quantities[plan.id],
        activity: selection.activityOf(plan.id),
      }),
    ),
    select: selection.select,
    retry() {
      if (answer.error) void answer.refresh();
      if (access.error || isUnsure) void access.refresh();
    },
  };
}

/** Until it is known who is asking, the table is laid out as for a stranger, with the buttons still blank. */
const stranger: AccessState = /* @__PURE__ */ signedOutAccess();

/** Seats belong to whoever chose them: another person signing in starts over. */
function useQuantities() {
  const { session } = useBilling();
  const [held, setHeld] = useState<{ session: object; byPlan: Readonly<Record<string, number>> } | null>(
    null,
  );
  const quantities = held?.session === session ? held.byPlan : {};
  return {
    quantities,
    setQuantity(planId: string, quantity: number): void {
      setHeld({ session, byPlan: { ...quantities, [planId]: quantity } });
    },
  };
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
