import { BillingError, type Catalog, decidePortal, listPortalOffers, type PortalFlow } from "@tollgate/core";
import type Stripe from "stripe";
import { generalPortal, listPortals, mostProducts, portalNameOf } from "../catalog/portal-configuration.js";
import type { CallStripe } from "../client/stripe-client.js";
import { planOfPrice, type StripeNames } from "../language/names.js";

/**
 * The configuration whose plans fit what the customer has, or the one subscription that the flow is about;
 * `undefined` leaves it to the account's default: the catalog was never pushed.
 *
 * @throws BillingError `nothing_to_manage` when the person wants to switch what a portal can't switch,
 * `price_not_pushed` when the plans to switch to are not at Stripe yet.
 */
export async function choosePortal(
  call: CallStripe,
  input: {
    readonly names: StripeNames;
    readonly catalog: Catalog;
    readonly meant: readonly Stripe.Subscription[];
    readonly flow: PortalFlow | undefined;
  },
): Promise<string | undefined> {
  const { names, catalog, meant, flow } = input;
  const portals = await listPortals(call);
  const offers = meant.map((subscription) => offerFor(catalog, subscription, names));
  const found = offers.map((offer) => {
    if (offer === null) return undefined;
    return (
      portals.get(portalNameOf(names, offer)) ?? portals.get(portalNameOf(names, { ...offer, forPlan: null }))
    );
  });
  const general = portals.get(names.portalName(generalPortal));
  if (flow?.type === "switch_plan" && meant.length > 0 && general !== undefined) {
    checkSwitch(catalog, offers, found);
  }
  // With plans of several kinds, the start page can't know which of them the person wants to switch.
  const ids = new Set(found.map((portal) => portal?.id ?? general?.id));
  const [only] = ids.size === 1 ? ids : [];
  return only ?? general?.id;
}

type Offer = ReturnType<typeof decidePortal>;

function checkSwitch(catalog: Catalog, [offer]: readonly Offer[], [portal]: readonly unknown[]): void {
  if (portal !== undefined) return;
  const isOffered = listPortalOffers(catalog, mostProducts).some(
    ({ group, currency, model }) =>
      group === offer?.group && currency === offer.currency && model === offer.model,
  );
  if (isOffered) {
    throw new BillingError(
      "price_not_pushed",
      "The plans to switch to are not at Stripe yet: run `billing.pushPlans()`.",
    );
  }
  throw new BillingError("nothing_to_manage", "There is no other plan to switch to here.");
}

/** `null` for what Stripe's portal can only cancel: several lines, invoices that are sent, or none of our plans. */
function offerFor(catalog: Catalog, subscription: Stripe.Subscription, names: StripeNames): Offer {
  const { items, currency, collection_method } = subscription;
  const [item, ...others] = items.data;
  const plan = item === undefined ? null : planOfPrice(item.price, names);
  if (plan === null || others.length > 0 || collection_method === "send_invoice") return null;
  return decidePortal(catalog, { ...plan, currency, quantity: item?.quantity ?? 1 });
}
