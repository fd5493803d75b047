import type { Rows } from "../../engine/world/rows.js";
import { newestFirst } from "../../engine/world/table.js";
import { rowsWith } from "../../engine/world/value-index.js";
import type { Table, World } from "../../engine/world/world.js";
import { type Endpoint, type Route, route } from "../params/route.js";
import { readerOf, search } from "./search.js";
import type { Clause, Query, SearchFields } from "./search-query.js";

type Row = { id: string; object: string };
type SearchEndpoint = Extract<Endpoint, `GET /v1/${string}/search`>;

const both: SearchFields = { created: "number", metadata: "metadata" };

/** A text that whatever is found must have. */
const neededBy = ({ joined, clauses }: Query, fields: SearchFields): Clause | undefined =>
  joined === "AND" || clauses.length === 1
    ? clauses.find(
        ({ field, operator, negated, value }) =>
          operator === ":" && !negated && value !== null && fields[field] !== "number",
      )
    : undefined;

type Searched = {
  table: (world: World) => Table<Row>;
  fields: SearchFields;
};

const searchRoute = (endpoint: SearchEndpoint, { table: tableOf, fields }: Searched): Route =>
  route(endpoint, ["limit", "page", "query"], ({ world, params }) => {
    const table = tableOf(world);
    const rowsFor = (query: Query): Rows<Row> => {
      const needed = neededBy(query, fields);
      const { field = "", key = "", value } = needed ?? {};
      const name = `${endpoint} ${field} ${key}`;
      const rows = needed
        ? rowsWith(world, { name, table, read: readerOf(needed) }, value)
        : newestFirst(table);
      return rows.filter((row) => !Object.hasOwn(world.deletedCustomers, row.id));
    };
    return search(rowsFor, { ...both, ...fields }, params, endpoint.slice("GET ".length));
  });

/** `/v1/…/search`: what may be searched for is https://docs.stripe.com/search#query-fields-for-each-resource */
export const searchRoutes = [
  searchRoute("GET /v1/charges/search", {
    table: (world) => world.charges,
    fields: {
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
    },
  }),
  searchRoute("GET /v1/customers/search", {
    table: (world) => world.customers,
    fields: {
      email: "text",
      name: "text",
      phone: "text",
    },
  }),
  searchRoute("GET /v1/invoices/search", {
    table: (world) => world.invoices,
    fields: {
      currency: "token",
      customer: "token",
      last_finalization_error_code: "token",
      last_finalization_error_type: "token",
      number: "text",
      receipt_number: "token",
      status: "token",
      total: "number",
    },
  }),
  searchRoute("GET /v1/payment_intents/search", {
    table: (world) => world.paymentIntents,
    fields: {
      amount: "number",
      currency: "token",
      customer: "token",
      status: "token",
    },
  }),
  searchRoute("GET /v1/prices/search", {
    table: (world) => world.prices,
    fields: {
      active: "token",
      currency: "token",
      lookup_key: "text",
      product: "token",
      type: "token",
    },
  }),
  searchRoute("GET /v1/products/search", {
    table: (world) => world.products,
    fields: {
      active: "token",
      description: "text",
      name: "text",
      shippable: "token",
      url: "text",
    },
  }),
  searchRoute("GET /v1/subscriptions/search", {
    table: (world) => world.subscriptions,
    fields: {
      canceled_at: "number",
      status: "token",
    },
  }),
];
