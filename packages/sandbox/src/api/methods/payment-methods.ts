import { needCustomer } from "../../engine/customers/customer.js";
import { attachPaymentMethod, detachPaymentMethod } from "../../engine/methods/payment-method.js";
import { updatePaymentMethod } from "../../engine/methods/update-payment-method.js";
import type { Context } from "../../engine/world/context.js";
import { find, need } from "../../engine/world/find.js";
import { ownedBy } from "../../engine/world/owned-rows.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import { atCustomer } from "../../engine/world/test-clock.js";
import type { PaymentMethod } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { pageOf, paging } from "../answers/page-of.js";
import { route } from "../params/route.js";
import { makePaymentMethod } from "./make-payment-method.js";
import { withMethod } from "./with-method.js";

type Filter = {
  allow_redisplay?: PaymentMethod["allow_redisplay"];
  type?: string;
  limit?: number;
  starting_after?: string;
  ending_before?: string;
};

/** The payment methods of a customer, newest first. */
export const listPaymentMethods = (world: World, customer: string, filter: Filter, url: string) => {
  const rows = ownedBy(world, "pm", customer).filter(
    (method) =>
      !method.id.startsWith("card_") &&
      (filter.type === undefined || method.type === filter.type) &&
      (filter.allow_redisplay === undefined || method.allow_redisplay === filter.allow_redisplay),
  );
  return pageOf(rows, filter, url);
};

const attach = (world: World, given: Context, id: string, customer: string | undefined): PaymentMethod => {
  if (!customer) throw invalidRequest("Must provide customer or customer_account.");
  needCustomer(world, customer);
  const ctx = atCustomer(world, given, customer);
  return withMethod(world, ctx, { payment_method: id }, "id", (method) => {
    if (!method) throw new Error("a payment method was named");
    return attachPaymentMethod(world, ctx, method, customer);
  });
};

/** `/v1/payment_methods` */
export const paymentMethodRoutes = [
  route(
    "POST /v1/payment_methods",
    [
      "allow_redisplay",
      "billing_details",
      "card.cvc",
      "card.exp_month",
      "card.exp_year",
      "card.number",
      "card.token",
      "metadata",
      "sepa_debit",
      "type",
      "us_bank_account.account_number",
    ],
    ({ world, ctx, params }) => makePaymentMethod(world, ctx, params),
    { publishable: true },
  ),
  route("GET /v1/payment_methods/:id", [], ({ world, id }) =>
    need(world.paymentMethods, "PaymentMethod", id),
  ),
  route(
    "POST /v1/payment_methods/:id",
    ["allow_redisplay", "billing_details", "card.exp_month", "card.exp_year", "metadata"],
    ({ world, ctx, id, params }) => updatePaymentMethod(world, ctx, id, params),
  ),
  route("POST /v1/payment_methods/:id/attach", ["customer"], ({ world, ctx, id, params }) =>
    attach(world, ctx, id, params.customer),
  ),
  route("POST /v1/payment_methods/:id/detach", [], ({ world, ctx, id }) => {
    const { customer } = need(world.paymentMethods, "PaymentMethod", id);
    return detachPaymentMethod(world, atCustomer(world, ctx, customer as string | null), id);
  }),
  // Without a customer, Stripe lists those of its bank accounts for platforms: here there are none.
  route(
    "GET /v1/payment_methods",
    ["allow_redisplay", "customer", "type", ...paging],
    ({ world, params }) => {
      if (params.customer === undefined) return pageOf([], params, "/v1/payment_methods");
      if (!find(world.customers, params.customer))
        throw invalidRequest(`No such customer: '${params.customer}'`, "resource_missing", "customer");
      return listPaymentMethods(world, params.customer, params, "/v1/payment_methods");
    },
  ),
];
