import { createCustomer, updateCustomer } from "../engine/customer.js";
import { find, need, newestFirst } from "../engine/find.js";
import { accepted, address, clearable, hash, list, metadata, pagination, range, text } from "./fields.js";
import { deleted } from "./lookup.js";
import { pageOf, within } from "./page-of.js";
import { route } from "./route.js";

const fields = {
  address: clearable(address()),
  description: clearable(text()),
  email: clearable(text()),
  invoice_settings: hash({ default_payment_method: clearable(text()) }),
  metadata: metadata(),
  name: clearable(text()),
  phone: clearable(text()),
  preferred_locales: list(text()),
  shipping: accepted(),
  tax: accepted(),
  tax_exempt: accepted(),
};

type Accepted = { shipping?: unknown; tax?: unknown; tax_exempt?: unknown };
const simulated = <T extends Accepted>({ shipping, tax, tax_exempt, ...rest }: T) => rest;

/** `/v1/customers` */
export const customerRoutes = [
  route("POST", "/v1/customers", fields, ({ world, ctx, params }) =>
    createCustomer(world, ctx, simulated(params)),
  ),
  route("GET", "/v1/customers/:id", {}, ({ world, id }) => {
    const customer = need(world.customers, "customer", id);
    return Object.hasOwn(world.deletedCustomers, id) ? deleted("customer", id) : customer;
  }),
  route("POST", "/v1/customers/:id", fields, ({ world, ctx, id, params }) =>
    updateCustomer(world, ctx, id, simulated(params)),
  ),
  route("GET", "/v1/customers", { ...pagination, created: range(), email: text() }, ({ world, params }) => {
    const rows = newestFirst(world.customers).filter(
      (customer) =>
        !find(world.deletedCustomers, customer.id) &&
        (params.email === undefined || customer.email === params.email) &&
        within(customer.created, params.created),
    );
    return pageOf(rows, params, "/v1/customers");
  }),
];
