import { need, newestFirst } from "../engine/find.js";
import { createPrice, updatePrice } from "../engine/price.js";
import {
  choice,
  clearable,
  flag,
  hash,
  integer,
  list,
  metadata,
  pagination,
  range,
  required,
  text,
} from "./fields.js";
import { pageOf, within } from "./page-of.js";
import { ownRoute } from "./route.js";

const interval = () => choice("day", "month", "week", "year");

export const recurring = () =>
  hash({
    interval: required(interval()),
    interval_count: integer(1),
    usage_type: choice("licensed"),
  });

const shared = {
  active: flag(),
  lookup_key: text(),
  transfer_lookup_key: flag(),
  metadata: metadata(),
  tax_behavior: choice("exclusive", "inclusive", "unspecified"),
};

const create = {
  ...shared,
  billing_scheme: choice("per_unit"),
  currency: required(text()),
  nickname: text(),
  product: text(),
  product_data: hash({ name: required(text()), metadata: metadata() }),
  recurring: recurring(),
  unit_amount: required(integer(0)),
};

/** `/v1/prices` */
export const priceRoutes = [
  ownRoute("POST", "/v1/prices", create, ({ world, ctx, params }) => {
    const { billing_scheme: _only, product_data, ...fields } = params;
    const data = product_data && { name: product_data.name, metadata: product_data.metadata ?? {} };
    const currency = fields.currency.toLowerCase();
    return createPrice(world, ctx, { ...fields, currency, ...(data ? { product_data: data } : {}) });
  }),
  ownRoute("GET", "/v1/prices/:id", {}, ({ world, id }) => need(world.prices, "price", id)),
  ownRoute(
    "POST",
    "/v1/prices/:id",
    { ...shared, lookup_key: clearable(text()), nickname: clearable(text()) },
    ({ world, ctx, id, params }) => {
      const { lookup_key, ...fields } = params;
      return updatePrice(world, ctx, id, {
        ...fields,
        ...(lookup_key === undefined ? {} : { lookup_key: lookup_key ?? "" }),
      });
    },
  ),
  ownRoute(
    "GET",
    "/v1/prices",
    {
      ...pagination,
      active: flag(),
      created: range(),
      currency: text(),
      lookup_keys: list(text()),
      product: text(),
      recurring: hash({ interval: interval(), usage_type: choice("licensed", "metered") }),
      type: choice("one_time", "recurring"),
    },
    ({ world, params }) => {
      const rows = newestFirst(world.prices).filter(
        (price) =>
          (params.active === undefined || price.active === params.active) &&
          (params.currency === undefined || price.currency === params.currency.toLowerCase()) &&
          (params.product === undefined || price.product === params.product) &&
          (params.type === undefined || price.type === params.type) &&
          (params.recurring?.interval === undefined ||
            price.recurring?.interval === params.recurring.interval) &&
          (params.lookup_keys === undefined || params.lookup_keys.includes(price.lookup_key ?? "")) &&
          within(price.created, params.created),
      );
      return pageOf(rows, params, "/v1/prices");
    },
  ),
];
