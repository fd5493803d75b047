import type { AppliedRate } from "../../tax/tax-line.js";
import { find } from "../../world/find.js";
import type { LineItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { HiddenCheckout } from "./checkout-order.js";

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

/** The taxes on one line: its own rates, else its subscription's, else the account's automatic one. */
export const checkoutRates = (
  world: World,
  hidden: HiddenCheckout,
  line: LineItem,
  located: boolean,
): AppliedRate[] => {
  const free = exempt(world, hidden);
  const own = hidden.taxRates[line.id] ?? [];
  const rates = own.length > 0 ? own : (hidden.order.subscription_data?.default_tax_rates ?? []);
  if (rates.length > 0) return fixedRates(world, rates, free);
  if (!hidden.order.automatic_tax?.enabled || !located) return [];
  return [
    {
      id: "automatic",
      percent: free ? 0 : world.settings.automaticTaxPercent,
      inclusive: line.price?.tax_behavior === "inclusive",
      reason: free ? "customer_exempt" : "standard_rated",
    },
  ];
};
