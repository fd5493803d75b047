import { createCustomer, updateCustomer } from "../engine/customer.js";
import { deleteCustomer } from "../engine/delete-customer.js";
import { find, need, newestFirst } from "../engine/find.js";
import { attachPaymentMethod, checkSavable, resolvePaymentMethod } from "../engine/payment-method.js";
import { missing } from "../engine/stripe-error.js";
import { accepted, address, clearable, hash, list, metadata, pagination, range, text } from "./fields.js";
import { deleted } from "./lookup.js";
import { pageOf, within } from "./page-of.js";
import { listPaymentMethods, paymentMethodFilter } from "./payment-methods.js";
import { ownRoute } from "./route.js";

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
  ownRoute(
    "POST",
    "/v1/customers",
    { ...fields, payment_method: text(), test_clock: text() },
    ({ world, ctx, params }) => {
      const { payment_method, ...rest } = simulated(params);
      const { invoice_settings, ...plain } = rest;
      const method =
        payment_method === undefined ? undefined : resolvePaymentMethod(world, ctx, payment_method);
      if (method) checkSavable(world, method);
      const customer = createCustomer(world, ctx, plain);
      if (method) attachPaymentMethod(world, ctx, method, customer.id);
      const wanted = invoice_settings?.default_payment_method;
      if (!wanted) return customer;
      const chosen = wanted === payment_method && method ? method.id : wanted;
      return updateCustomer(world, ctx, customer.id, {
        invoice_settings: { default_payment_method: chosen },
      });
    },
  ),
  ownRoute("GET", "/v1/customers/:id", {}, ({ world, id }) => {
    const customer = need(world.customers, "customer", id);
    return Object.hasOwn(world.deletedCustomers, id) ? deleted("customer", id) : customer;
  }),
  ownRoute("POST", "/v1/customers/:id", fields, ({ world, ctx, id, params }) =>
    updateCustomer(world, ctx, id, simulated(params)),
  ),
  ownRoute("DELETE", "/v1/customers/:id", {}, ({ world, ctx, id }) => {
    deleteCustomer(world, ctx, id);
    return deleted("customer", id);
  }),
  ownRoute("GET", "/v1/customers/:id/payment_methods", paymentMethodFilter, ({ world, id, params }) =>
    listPaymentMethods(world, { ...params, customer: id }, `/v1/customers/${id}/payment_methods`),
  ),
  ownRoute("GET", "/v1/customers/:id/payment_methods/:child", {}, ({ world, id, child }) => {
    const method = find(world.paymentMethods, child);
    if (method?.customer !== id) throw missing("PaymentMethod", child);
    return method;
  }),
  ownRoute(
    "GET",
    "/v1/customers",
    { ...pagination, created: range(), email: text() },
    ({ world, params }) => {
      const rows = newestFirst(world.customers).filter(
        (customer) =>
          !find(world.deletedCustomers, customer.id) &&
          (params.email === undefined || customer.email === params.email) &&
          within(customer.created, params.created),
      );
      return pageOf(rows, params, "/v1/customers");
    },
  ),
];
