import { type Catalog, type CatalogChange, listPortalOffers, type PortalOffer } from "@tollgate/core";
import type { CallStripe } from "../client/stripe-client.js";
import { digestOf } from "../language/digest-of.js";
import { metadataKeys, readMetadata, type StripeNames } from "../language/names.js";
import { generalFeatures, type PortalFeatures, type PushedThing, switchFeatures } from "./portal-features.js";
import { takeStep } from "./push-step.js";

/** The configuration without plans to switch to. */
export const generalPortal = "general";

/** https://docs.stripe.com/customer-management#customer-portal-limitations */
export const mostProducts = 10;

/**
 * Makes our portal configurations: a general one, and one for each offer of `listPortalOffers`. What changed becomes a
 * new configuration, so that an open portal stays as it was.
 *
 * @returns those that failed
 */
export async function pushPortals(
  call: CallStripe,
  names: StripeNames,
  catalog: Catalog,
  pushed: readonly PushedThing[],
): Promise<readonly CatalogChange[]> {
  const existing = await listPortals(call);
  const failed: CatalogChange[] = [];
  const wanted = new Map<string, PortalFeatures>([[names.portalName(generalPortal), generalFeatures]]);
  for (const offer of listPortalOffers(catalog, mostProducts)) {
    const features = switchFeatures(offer, pushed, names);
    if (features.subscription_update?.products?.length) wanted.set(portalNameOf(names, offer), features);
  }
  for (const [name, features] of wanted) {
    const digest = await digestOf(features);
    if (existing.get(name)?.digest === digest) continue;
    const metadata = { ...names.mark, [metadataKeys.portal]: name, [metadataKeys.digest]: digest };
    const step = {
      kind: "portal",
      catalogId: name,
      interval: null,
      currency: null,
      providerId: null,
    } as const;
    const { change } = await takeStep(step, async () => {
      // Texts and links are left to the account's settings (`business_profile`, `default_return_url`): each session has
      // its own way back.
      const made = await call((client) => client.billingPortal.configurations.create({ features, metadata }));
      return { change: { ...step, action: "created", providerId: made.id, detail: "is new" }, made };
    });
    if (change.action === "failed") failed.push(change);
  }
  return failed;
}

/** `main:usd:flat`, and for a group with more plans than a portal takes also `main:usd:flat:pro`. */
export function portalNameOf(
  names: StripeNames,
  { group, currency, model, forPlan }: Omit<PortalOffer, "plans">,
): string {
  return names.portalName([group, currency, model, ...(forPlan === null ? [] : [forPlan])].join(":"));
}

/** Our configurations by name, the latest of each. */
export async function listPortals(
  call: CallStripe,
): Promise<ReadonlyMap<string, { readonly id: string; readonly digest: string | null }>> {
  const portals = new Map<string, { id: string; digest: string | null }>();
  await call(async (client) => {
    // Stripe lists the latest first.
    for await (const one of client.billingPortal.configurations.list({ active: true, limit: 100 })) {
      const name = readMetadata(one.metadata, metadataKeys.portal);
      if (name === null || portals.has(name)) continue;
      portals.set(name, { id: one.id, digest: readMetadata(one.metadata, metadataKeys.digest) });
    }
  });
  return portals;
}
