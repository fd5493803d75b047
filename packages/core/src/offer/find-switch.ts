import type { Catalog } from "../catalog/catalog.js";
import { nearestQuantity } from "../catalog/nearest-quantity.js";
import type { PlanPrice } from "../catalog/prices.js";
import type { ChangeChoice } from "../change/change.js";
import { type ChangePolicies, defaultChangePolicies } from "../change/change-policy.js";
import { decideChange } from "../change/decide-change.js";
import { BillingError } from "../language/errors.js";
import type { Holder } from "../language/holder-of.js";
import type { Subscription } from "../language/subscription.js";
import type { SeveralProviders } from "../portal/portal-ability.js";

/** What decides about a change of ours. */
export interface Changing {
  /** @default defaultChangePolicies */
  readonly policies?: ChangePolicies;
  readonly now: Date;
}

interface SwitchInput {
  readonly catalog: Catalog;
  readonly subscriptions: readonly Subscription[];
  readonly providers?: SeveralProviders;
  readonly changing?: Changing;
}

/**
 * When a change of ours, outside of the provider's portal, would turn what they hold into a choice; `null`: it would be
 * refused.
 */
export function findSwitch(
  { catalog, subscriptions, changing, providers }: SwitchInput,
  { subscription }: Holder,
  choice: ChangeChoice,
): { readonly at: "now" | "period_end" } | null {
  if (changing === undefined || !canChange(subscription, providers)) return null;
  const { policies = defaultChangePolicies, now } = changing;
  try {
    const { at } = decideChange({ catalog, subscriptions, choice, policies, now });
    return { at: at === "period_end" ? at : "now" };
  } catch (error) {
    if (error instanceof BillingError) return null;
    throw error;
  }
}

function canChange({ provider }: Subscription, providers: SeveralProviders | undefined): boolean {
  if (providers === undefined) return true;
  const { portals, changers = Object.keys(portals) } = providers;
  return changers.includes(provider);
}

/** Every other interval, and one more and one fewer seat, of the plan that they hold. */
export function otherChoices(prices: readonly PlanPrice[], { subscription, line }: Holder): ChangeChoice[] {
  const { planId, interval, quantity } = line;
  const sold = prices.filter(({ currency }) => currency === subscription.currency);
  const intervals = sold.filter((one) => one.interval !== interval);
  const seats = sold
    .filter((one) => one.interval === interval && one.model !== "flat")
    .flatMap(({ quantityStep = 1, ...price }) =>
      [quantity + quantityStep, quantity - quantityStep].map((wanted) => nearestQuantity(price, wanted)),
    );
  return [
    ...intervals.map((one) => ({ planId, interval: one.interval })),
    ...seats.map((wanted) => ({ planId, quantity: wanted })),
  ];
}
