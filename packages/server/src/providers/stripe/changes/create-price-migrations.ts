import type { CheckoutOffer, ProviderPriceMigrations } from "@tollgate/core";
import type { ChangeTools } from "./change-terms.js";
import { listBilled } from "./list-billed.js";
import { movePrice } from "./move-price.js";

/** What Stripe can do about moving many to another price. */
export function createPriceMigrations(tools: ChangeTools): ProviderPriceMigrations {
  const { call, names, prices } = tools;
  return {
    async findPrice({ database, ...target }, catalog) {
      const offer: CheckoutOffer = { kind: "subscription", ...target, trialDays: 0 };
      return (await prices.findPrice(offer, catalog, database)).id;
    },
    listBilled: (input) => listBilled(call, names, input),
    move: (input, catalog) => movePrice(tools, input, catalog),
  };
}
