import { newestFirst } from "../../engine/world/find.js";
import type { Table, World } from "../../engine/world/world.js";
import { type Endpoint, type Route, route } from "../params/route.js";
import { search } from "./search.js";
import type { SearchFields } from "./search-query.js";

type Row = { id: string; object: string };
type SearchEndpoint = Extract<Endpoint, `GET /v1/${string}/search`>;

const both: SearchFields = { created: "number", metadata: "metadata" };

const searchRoute = (
  endpoint: SearchEndpoint,
  tableOf: (world: World) => Table<Row>,
  fields: SearchFields,
): Route =>
  route(endpoint, ["limit", "page", "query"], ({ world, params }) => {
    const rows = newestFirst(tableOf(world)).filter((row) => !Object.hasOwn(world.deletedCustomers, row.id));
    return search(rows, { ...both, ...fields }, params, endpoint.slice("GET ".length));
  });

/** `/v1/…/search`: what may be searched for is https://docs.stripe.com/search#query-fields-for-each-resource */
export const searchRoutes = [
  searchRoute("GET /v1/charges/search", (world) => world.charges, {
    amount: "number",
    currency: "token",
    customer: "token",
    disputed: "token",
    "payment_method_details.card.brand": "token",
    "payment_method_details.card.exp_month": "number",
    "payment_method_details.card.exp_year": "number",
    "payment_method_details.card.fingerprint": "token",
    "payment_method_details.card.last4": "token",
    refunded: "token",
    status: "token",
  }),
  searchRoute("GET /v1/customers/search", (world) => world.customers, {
    email: "text",
    name: "text",
    phone: "text",
  }),
  searchRoute("GET /v1/invoices/search", (world) => world.invoices, {
    currency: "token",
    customer: "token",
    last_finalization_error_code: "token",
    last_finalization_error_type: "token",
    number: "text",
    receipt_number: "token",
    status: "token",
    total: "number",
  }),
  searchRoute("GET /v1/payment_intents/search", (world) => world.paymentIntents, {
    amount: "number",
    currency: "token",
    customer: "token",
    status: "token",
  }),
  searchRoute("GET /v1/prices/search", (world) => world.prices, {
    active: "token",
    currency: "token",
    lookup_key: "text",
    product: "token",
    type: "token",
  }),
  searchRoute("GET /v1/products/search", (world) => world.products, {
    active: "token",
    description: "text",
    name: "text",
    shippable: "token",
    url: "text",
  }),
  searchRoute("GET /v1/subscriptions/search", (world) => world.subscriptions, {
    canceled_at: "number",
    status: "token",
  }),
];
