import type { CatalogChange } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import type { StripeNames } from "../language/names.js";
import { toPriced } from "../language/price-terms.js";
import { compareTerms, priceStep } from "./decide-price.js";
import { decideMapped, type MappedPrice, mappedIds, readMapped } from "./find-mapped.js";
import type { ForSale } from "./for-sale.js";

/** Looks at all that is mapped for a plan or product; changes nothing. */
export async function compareMapped(
  call: CallStripe,
  names: StripeNames,
  thing: ForSale,
): Promise<{ readonly changes: readonly CatalogChange[]; readonly prices: readonly Stripe.Price[] }> {
  const known = new Map<string, MappedPrice>();
  for (const id of idsOf(names, thing)) known.set(id, await readMapped(call, id));
  const prices = new Map<string, Stripe.Price>();
  const changes = thing.prices.map((wanted): CatalogChange => {
    const ids = mappedIds(names, thing, wanted) ?? [];
    const outcome = decideMapped(
      wanted,
      ids.flatMap((id) => known.get(id) ?? []),
    );
    const is = toPriced(wanted, wanted.currency);
    if (outcome.kind === "sold") {
      prices.set(outcome.price.id, outcome.price);
      const step = priceStep(thing, { wanted, ...compareTerms(is, is) }, outcome.price.id);
      return { ...step, action: "unchanged", detail: `is sold by ${outcome.price.id}` };
    }
    const { kind: action, providerId, was, detail } = outcome;
    return { ...priceStep(thing, { wanted, ...compareTerms(was, is) }, providerId), action, detail };
  });
  const told = new Set(changes.map(({ providerId }) => providerId));
  const gone = [...known.values()].filter(({ id, price }) => price === null && !told.has(id));
  const lost = gone.map(({ id }): CatalogChange => {
    const step = { kind: "product", catalogId: thing.catalogId, interval: null, currency: null } as const;
    return { ...step, providerId: id, action: "missing", detail: `there is no price ${id} at Stripe` };
  });
  return { changes: [...changes, ...lost], prices: [...prices.values()] };
}

function idsOf({ mapping }: StripeNames, { catalogId, group }: ForSale): readonly string[] {
  if (group === null) return mapping.products.get(catalogId) ?? [];
  return [...(mapping.plans.get(catalogId)?.values() ?? [])].flat();
}
