import type Stripe from "stripe";
import type { Context } from "../world/context.js";
import { find, need } from "../world/find.js";
import { mergeMetadata } from "../world/metadata.js";
import type { Rows } from "../world/rows.js";
import { invalidRequest } from "../world/stripe-error.js";
import { newestFirst } from "../world/table.js";
import type { Feature, Given, ProductFeature } from "../world/wire.js";
import type { World } from "../world/world.js";

export type NewFeature = Omit<Given<Stripe.Entitlements.FeatureCreateParams>, "expand">;
export type FeatureFields = Omit<Given<Stripe.Entitlements.FeatureUpdateParams>, "expand">;

const checkName = (name: string | null | undefined): void => {
  if (name === "")
    throw invalidRequest("The name of a feature cannot be unset.", "parameter_invalid_empty", "name");
  if ((name?.length ?? 0) > 80)
    throw invalidRequest("The name of a feature must be at most 80 characters.", undefined, "name");
};

/** Creates a feature under a lookup key of its own. */
export const createFeature = (world: World, ctx: Context, fields: NewFeature): Feature => {
  checkName(fields.name);
  if (fields.lookup_key.length > 80)
    throw invalidRequest("The lookup key must be at most 80 characters.", undefined, "lookup_key");
  if (Object.values(world.features).some((feature) => feature.lookup_key === fields.lookup_key))
    throw invalidRequest(
      `A feature with the lookup key \`${fields.lookup_key}\` already exists.`,
      "resource_already_exists",
      "lookup_key",
    );
  const feature: Feature = {
    id: ctx.ids.id("feat").replace("feat_1", "feat_test_61"),
    object: "entitlements.feature",
    active: true,
    livemode: false,
    lookup_key: fields.lookup_key,
    metadata: mergeMetadata({}, fields.metadata),
    name: fields.name,
  };
  world.features[feature.id] = feature;
  return feature;
};

/** Renames a feature or archives it; Stripe sends no event. */
export const updateFeature = (world: World, id: string, fields: FeatureFields): Feature => {
  const feature = need(world.features, "entitlements feature", id);
  checkName(fields.name);
  if (fields.active && !feature.active)
    throw invalidRequest("A feature that was deactivated can't be activated again.", undefined, "active");
  if (fields.active !== undefined) feature.active = fields.active;
  if (fields.name) feature.name = fields.name;
  feature.metadata = mergeMetadata(feature.metadata, fields.metadata);
  return feature;
};

/** A product's features as they are now, newest first. */
export const featuresOf = (world: World, product: string): Rows<ProductFeature> =>
  newestFirst(world.productFeatures)
    .filter((row) => find(world.hidden.featureProducts, row.id) === product)
    .map((row) => ({
      ...row,
      entitlement_feature: find(world.features, row.entitlement_feature.id) ?? row.entitlement_feature,
    }));

/** One of a product's features. */
export const needProductFeature = (world: World, product: string, id: string): ProductFeature => {
  need(world.products, "product", product);
  const row = [...featuresOf(world, product)].find((feature) => feature.id === id);
  return row ?? need<ProductFeature>({}, "product feature", id);
};

/** Attaches an active feature to a product, once. */
export const attachFeature = (world: World, ctx: Context, product: string, id: string): ProductFeature => {
  need(world.products, "product", product);
  const feature = need<Feature>(world.features, "entitlements feature", id, "entitlement_feature");
  if (!feature.active)
    throw invalidRequest(
      "Inactive features cannot be attached to products.",
      undefined,
      "entitlement_feature",
    );
  if ([...featuresOf(world, product)].some((row) => row.entitlement_feature.id === id))
    throw invalidRequest(
      "This feature is already attached to this product.",
      "resource_already_exists",
      "entitlement_feature",
    );
  const row: ProductFeature = {
    id: ctx.ids.id("prodft").replace("prodft_1", "prodft_"),
    object: "product_feature",
    entitlement_feature: structuredClone(feature),
    livemode: false,
  };
  world.productFeatures[row.id] = row;
  world.hidden.featureProducts[row.id] = product;
  return row;
};

/** Takes a feature off a product. */
export const detachFeature = (world: World, product: string, id: string): void => {
  needProductFeature(world, product, id);
  delete world.productFeatures[id];
  delete world.hidden.featureProducts[id];
};
