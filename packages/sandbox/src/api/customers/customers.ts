import { collectOverdue } from "../../engine/collection/collect-overdue.js";
import {
  createCustomer,
  type NewCustomer,
  needCustomer,
  updateCustomer,
} from "../../engine/customers/customer.js";
import { checkCustomerCoupon, setCustomerCoupon } from "../../engine/discounts/customer-discount.js";
import { createCardSource, replaceCardSource } from "../../engine/methods/card-source.js";
import { behaviourOfToken } from "../../engine/methods/card-token.js";
import { checkOwnSource } from "../../engine/methods/on-file.js";
import {
  attachPaymentMethod,
  checkAttachable,
  checkCanBeSaved,
} from "../../engine/methods/payment-method.js";
import { deleteCustomer } from "../../engine/subscriptions/stopping/delete-customer.js";
import type { Context } from "../../engine/world/context.js";
import { find, need } from "../../engine/world/find.js";
import type { Rows } from "../../engine/world/rows.js";
import { StripeError } from "../../engine/world/stripe-error.js";
import { newestFirst } from "../../engine/world/table.js";
import { atCustomer } from "../../engine/world/test-clock.js";
import { rowsWith } from "../../engine/world/value-index.js";
import type { Customer } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { deleted } from "../answers/lookup.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { listPaymentMethods } from "../methods/payment-methods.js";
import { withMethod } from "../methods/with-method.js";
import { clearable, text } from "../params/fields.js";
import { route } from "../params/route.js";

const written = [
  "address",
  "balance",
  "business_name",
  "description",
  "email",
  "individual_name",
  "invoice_prefix",
  "invoice_settings",
  "metadata",
  "name",
  "next_invoice_sequence",
  "phone",
  "preferred_locales",
  "shipping",
  "tax",
  "tax_exempt",
] as const;

/** Refuses an unknown token, and one whose card its issuer would not let us keep. */
const checkSource = (world: World, source: string): void => checkCanBeSaved(behaviourOfToken(world, source));

/** https://docs.stripe.com/changelog/clover: discounts are no longer put on customers. */
const older = { until: "2025-09-30.clover", fields: { coupon: clearable(text()) } };
type Older = { coupon?: string };

type Created = NewCustomer & Older & { payment_method?: string; source?: string };

const create = (
  world: World,
  ctx: Context,
  { payment_method, source, coupon, ...fields }: Created,
): Customer => {
  checkCustomerCoupon(world, ctx, coupon);
  if (source !== undefined) checkSource(world, source);
  return withMethod(world, ctx, { payment_method }, "payment_method", (method) => {
    if (method) checkAttachable(world, method);
    const { default_payment_method: chosen, ...settings } = fields.invoice_settings ?? {};
    // A token such as `pm_card_visa` stands for the payment method that is made from it.
    const own = chosen && chosen === payment_method && method ? method.id : chosen;
    const customer = createCustomer(world, ctx, {
      ...fields,
      ...(fields.invoice_settings
        ? { invoice_settings: { ...settings, ...(own === undefined ? {} : { default_payment_method: own }) } }
        : {}),
      attaching: method?.id,
    });
    const then = atCustomer(world, ctx, customer.id);
    if (method) attachPaymentMethod(world, then, method, customer.id);
    if (source !== undefined) createCardSource(world, then, customer.id, { source });
    if (coupon) setCustomerCoupon(world, then, customer, coupon);
    return customer;
  });
};

const customersAt = (world: World, email: string): Rows<Customer> =>
  rowsWith(world, { name: "customers by email", table: world.customers, read: (row) => row.email }, email);

/** `/v1/customers` */
export const customerRoutes = [
  route(
    "POST /v1/customers",
    [...written, "payment_method", "source", "tax_id_data", "test_clock"],
    ({ world, ctx, params }) => create(world, ctx, params),
    { older },
  ),
  route("GET /v1/customers/:id", [], ({ world, id }) => {
    const customer = need(world.customers, "customer", id);
    return Object.hasOwn(world.deletedCustomers, id) ? deleted("customer", id) : customer;
  }),
  route(
    "POST /v1/customers/:id",
    [...written, "default_source", "source"],
    ({ world, ctx, id, params }) => {
      const { coupon, source, ...fields } = params as typeof params & Older;
      checkCustomerCoupon(world, ctx, coupon);
      if (source !== undefined) checkSource(world, source);
      checkOwnSource(world, id, fields.default_source);
      const customer = updateCustomer(world, ctx, id, fields);
      if (source !== undefined) {
        replaceCardSource(world, ctx, id, source);
        collectOverdue(world, atCustomer(world, ctx, id), id);
      }
      if (coupon !== undefined) setCustomerCoupon(world, atCustomer(world, ctx, id), customer, coupon);
      return customer;
    },
    { older },
  ),
  route("DELETE /v1/customers/:id", [], ({ world, ctx, id }) => {
    deleteCustomer(world, atCustomer(world, ctx, id), id);
    return deleted("customer", id);
  }),
  route(
    "GET /v1/customers/:id/payment_methods",
    ["allow_redisplay", "type", ...paging],
    ({ world, id, params }) => {
      needCustomer(world, id, "id");
      return listPaymentMethods(world, id, params, `/v1/customers/${id}/payment_methods`);
    },
  ),
  route("GET /v1/customers/:id/payment_methods/:child", [], ({ world, id, child }) => {
    const method = need(world.paymentMethods, "PaymentMethod", child);
    if (method.customer === id) return method;
    throw new StripeError(404, {
      type: "invalid_request_error",
      message: "Invalid request",
      param: "customer",
    });
  }),
  route("GET /v1/customers", ["created", "email", "test_clock", ...paging], ({ world, params }) => {
    const clock = params.test_clock || null;
    const rows = (
      params.email === undefined ? newestFirst(world.customers) : customersAt(world, params.email)
    ).filter(
      (customer) =>
        (params.email === undefined || customer.email === params.email) &&
        !find(world.deletedCustomers, customer.id) &&
        // Stripe leaves customers of test clocks out unless it is asked for those of one clock.
        (customer.test_clock ?? null) === clock &&
        within(customer.created, params.created),
    );
    return pageOf(rows, params, "/v1/customers");
  }),
];
