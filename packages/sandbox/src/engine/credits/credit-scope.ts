import { need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { CreditGrant, Price } from "../world/wire.js";
import type { World } from "../world/world.js";

/** What grants pay for: usage of any meter, or of some prices. */
export type Scope = { price_type?: "metered"; prices?: Array<{ id: string }> };

/** Whether a price bills what a meter counts; usage records are not paid by credits. */
const isMetered = (price: Price): boolean => price.recurring?.meter != null;

/** Refuses a scope that is none. https://docs.stripe.com/api/billing/credit-grant/create */
export const checkScope = (world: World, { price_type, prices }: Scope, param: string): void => {
  if (price_type !== undefined && prices !== undefined)
    throw invalidRequest(
      "You may only specify one of these parameters: price_type, prices.",
      "parameters_exclusive",
      `${param}[price_type]`,
    );
  if (price_type === undefined && !prices?.length)
    throw invalidRequest(
      `Missing required param: ${param}[price_type].`,
      "parameter_missing",
      `${param}[price_type]`,
    );
  for (const [index, { id }] of (prices ?? []).entries()) {
    const at = `${param}[prices][${index}][id]`;
    if (!isMetered(need<Price>(world.prices, "price", id, at)))
      throw invalidRequest(
        `The price ${id} has no billing meter. Credit grants pay for metered prices only.`,
        undefined,
        at,
      );
  }
};

/** Whether a grant pays for a price. */
export const covers = ({ applicability_config: { scope } }: CreditGrant, price: Price): boolean =>
  isMetered(price) && (scope.prices === undefined || scope.prices.some(({ id }) => id === price.id));
