import type Stripe from "stripe";
import { createPrice } from "../../engine/catalog/price.js";
import { updatePrice } from "../../engine/catalog/update-price.js";
import { needCurrency } from "../../engine/money/currency.js";
import { need, needAt } from "../../engine/world/find.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import { newestFirst } from "../../engine/world/table.js";
import type { Given, Price } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { route } from "../params/route.js";
import { countedIn, olderPrice } from "./unmetered.js";

const created = [
  "active",
  "billing_scheme",
  "currency",
  "currency_options",
  "custom_unit_amount",
  "lookup_key",
  "metadata",
  "nickname",
  "product",
  "product_data",
  "recurring",
  "tax_behavior",
  "tiers",
  "tiers_mode",
  "transfer_lookup_key",
  "transform_quantity",
  "unit_amount",
  "unit_amount_decimal",
] as const;

const changed = [
  "active",
  "currency_options",
  "lookup_key",
  "metadata",
  "nickname",
  "tax_behavior",
  "transfer_lookup_key",
] as const;

type Filter = Omit<Given<Stripe.PriceListParams>, "expand">;

const check = (world: World, filter: Filter): void => {
  if (filter.currency !== undefined) needCurrency(filter.currency, "currency");
  if (filter.product !== undefined) need(world.products, "product", filter.product, "product");
  if ((filter.lookup_keys?.length ?? 0) > 10)
    throw invalidRequest("You can only pass up to 10 lookup keys.", undefined, "lookup_keys");
};

const passes = (
  price: Price,
  { active, currency, lookup_keys, product, recurring, type, created: time }: Filter,
) =>
  (active === undefined || price.active === active) &&
  (currency === undefined || price.currency === currency.toLowerCase()) &&
  (product === undefined || price.product === product) &&
  (type === undefined || price.type === type) &&
  (recurring?.interval === undefined || price.recurring?.interval === recurring.interval) &&
  (recurring?.meter === undefined || price.recurring?.meter === recurring.meter) &&
  (recurring?.usage_type === undefined || price.recurring?.usage_type === recurring.usage_type) &&
  (lookup_keys === undefined || lookup_keys.includes(price.lookup_key ?? "")) &&
  within(price.created, time);

/** `/v1/prices` */
export const priceRoutes = [
  route(
    "POST /v1/prices",
    created,
    ({ world, ctx, params, version }) =>
      createPrice(world, ctx, {
        ...params,
        ...(params.recurring ? { recurring: countedIn(version, params.recurring) } : {}),
      }),
    { older: olderPrice },
  ),
  route("GET /v1/prices/:id", [], ({ world, id }) => needAt(world.prices, "price", id, "price")),
  route("POST /v1/prices/:id", changed, ({ world, ctx, id, params }) => updatePrice(world, ctx, id, params)),
  route(
    "GET /v1/prices",
    [...paging, "active", "created", "currency", "lookup_keys", "product", "recurring", "type"],
    ({ world, params }) => {
      check(world, params);
      return pageOf(
        newestFirst(world.prices).filter((price) => passes(price, params)),
        params,
        "/v1/prices",
      );
    },
  ),
];
