import type { AppliedRate } from "../../tax/tax-line.js";
import { isRegistered, type Place } from "../../tax/tax-registration.js";
import { containsTax } from "../../tax/tax-settings.js";
import { find } from "../../world/find.js";
import type { LineItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { HiddenCheckout } from "./checkout-order.js";

/** Managed Payments bring automatic tax along: https://docs.stripe.com/payments/managed-payments/tax-compliance */
export const taxesItself = ({ order }: HiddenCheckout): boolean =>
  order.automatic_tax?.enabled === true || order.managed_payments?.enabled === true;

const exempt = (world: World, hidden: HiddenCheckout): boolean => {
  const status = find(world.customers, hidden.progress.customer)?.tax_exempt;
  return status === "exempt" || status === "reverse";
};

const fixedRates = (world: World, ids: string[], free: boolean): AppliedRate[] =>
  ids.flatMap((id) => {
    const rate = find(world.taxRates, id);
    return rate
      ? [
          {
            id,
            percent: free ? 0 : rate.percentage,
            inclusive: rate.inclusive,
            reason: free ? ("customer_exempt" as const) : ("standard_rated" as const),
          },
        ]
      : [];
  });

/** Where the session's customer is taxed, as far as that is known. */
const placeOf = (world: World, { progress }: HiddenCheckout): Place | null => {
  const customer = find(world.customers, progress.customer);
  const address = progress.address?.country ? progress.address : customer?.address;
  return address?.country ? { country: address.country, state: address.state ?? null } : null;
};

const automatic = (
  world: World,
  hidden: HiddenCheckout,
  opened: number,
): Omit<AppliedRate, "id" | "inclusive"> => {
  if (exempt(world, hidden)) return { percent: 0, reason: "customer_exempt" };
  const place = placeOf(world, hidden);
  const collects = place === null || isRegistered(world, place, opened);
  return collects
    ? { percent: world.settings.automaticTaxPercent, reason: "standard_rated" }
    : { percent: 0, reason: "not_collecting" };
};

/** The taxes on one line: its own rates, else its subscription's, else the account's automatic one. */
export const checkoutRates = (
  world: World,
  hidden: HiddenCheckout,
  line: LineItem,
  located: boolean,
  opened: number,
): AppliedRate[] => {
  const free = exempt(world, hidden);
  const own = hidden.taxRates[line.id] ?? [];
  const rates = own.length > 0 ? own : (hidden.order.subscription_data?.default_tax_rates ?? []);
  if (rates.length > 0) return fixedRates(world, rates, free);
  if (!taxesItself(hidden) || !located) return [];
  const inclusive = containsTax(world, line.price ?? undefined, line.currency) ?? false;
  return [{ id: "automatic", inclusive, ...automatic(world, hidden, opened) }];
};
