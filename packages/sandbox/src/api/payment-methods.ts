import type { Context } from "../engine/context.js";
import { change } from "../engine/emit.js";
import { need, newestFirst } from "../engine/find.js";
import { mergeMetadata } from "../engine/metadata.js";
import {
  attachPaymentMethod,
  type BillingDetails,
  type CardInput,
  createPaymentMethod,
  detachPaymentMethod,
  resolvePaymentMethod,
} from "../engine/payment-method.js";
import { invalidRequest } from "../engine/stripe-error.js";
import { numberOfToken } from "../engine/test-cards.js";
import type { PaymentMethod } from "../engine/wire.js";
import type { World } from "../engine/world.js";
import {
  accepted,
  address,
  choice,
  clearable,
  hash,
  integer,
  metadata,
  type Params,
  pagination,
  required,
  text,
} from "./fields.js";
import { pageOf } from "./page-of.js";
import { ownRoute } from "./route.js";

const card = () =>
  hash({ number: text(), exp_month: integer(), exp_year: integer(), cvc: text(), token: text() });

const billingDetails = () =>
  hash({
    address: clearable(address()),
    email: clearable(text()),
    name: clearable(text()),
    phone: clearable(text()),
    tax_id: clearable(text()),
  });

const fields = {
  allow_redisplay: accepted(),
  billing_details: billingDetails(),
  card: card(),
  metadata: metadata(),
  /** What Stripe.js says of itself. */
  payment_user_agent: accepted(),
  client_attribution_metadata: accepted(),
  guid: accepted(),
  muid: accepted(),
  sid: accepted(),
  referrer: accepted(),
  time_on_page: accepted(),
  radar_options: accepted(),
};

/** A payment method in the making, as a parameter of an intent's confirmation. */
export const paymentMethodData = () => hash({ ...fields, type: required(choice("card")) });

type Given = {
  card?: Params<NonNullable<ReturnType<typeof card>["fields"]>>;
  billing_details?: unknown;
  metadata?: Record<string, string> | null;
};

const toCard = (given: Given["card"], prefix: string): CardInput => {
  const { token, ...typed } = (given ?? {}) as Partial<CardInput> & { token?: string };
  const number = token === undefined ? typed.number : numberOfToken(token);
  if (token !== undefined && number === undefined)
    throw invalidRequest(`No such token: '${token}'`, "resource_missing", `${prefix}card[token]`);
  if (number === undefined)
    throw invalidRequest(`Missing required param: ${prefix}card.`, "parameter_missing", `${prefix}card`);
  const { exp_month = token ? 12 : undefined, exp_year = token ? 2099 : undefined, cvc } = typed;
  if (exp_month === undefined || exp_year === undefined) {
    const param = `${prefix}card[${exp_month === undefined ? "exp_month" : "exp_year"}]`;
    throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
  }
  return { number, exp_month, exp_year, ...(cvc === undefined ? {} : { cvc }) };
};

/** Makes a payment method of what a request gives; `prefix` names the parameter it came in. */
export const makePaymentMethod = (world: World, ctx: Context, given: Given, prefix = ""): PaymentMethod => {
  const typed = toCard(given.card, prefix);
  const exp_year = given.card && "token" in given.card ? ctx.now.getUTCFullYear() + 4 : typed.exp_year;
  return createPaymentMethod(world, ctx, {
    card: { ...typed, exp_year },
    billing_details: (given.billing_details ?? {}) as BillingDetails,
    metadata: given.metadata ?? {},
  });
};

export const paymentMethodFilter = { ...pagination, type: choice("card"), allow_redisplay: accepted() };

/** A customer's payment methods. */
export const listPaymentMethods = (
  world: World,
  params: { customer: string; limit?: number; starting_after?: string; ending_before?: string },
  url: string,
) => {
  const rows = newestFirst(world.paymentMethods).filter((method) => method.customer === params.customer);
  return pageOf(rows, params, url);
};

/** `/v1/payment_methods` */
export const paymentMethodRoutes = [
  ownRoute(
    "POST",
    "/v1/payment_methods",
    { ...fields, type: required(choice("card")) },
    ({ world, ctx, params }) => makePaymentMethod(world, ctx, params),
    { publishable: true },
  ),
  ownRoute("GET", "/v1/payment_methods/:id", {}, ({ world, id }) =>
    need(world.paymentMethods, "PaymentMethod", id),
  ),
  ownRoute(
    "POST",
    "/v1/payment_methods/:id",
    {
      allow_redisplay: accepted(),
      billing_details: billingDetails(),
      card: hash({ exp_month: integer(1), exp_year: integer(1) }),
      metadata: metadata(),
    },
    ({ world, ctx, id, params }) => {
      const method = need(world.paymentMethods, "PaymentMethod", id);
      return change(world, ctx, "payment_method.updated", method, (draft) => {
        draft.metadata = mergeMetadata(draft.metadata ?? {}, params.metadata);
        Object.assign(draft.billing_details, params.billing_details);
        if (draft.card) Object.assign(draft.card, params.card);
      });
    },
  ),
  ownRoute(
    "POST",
    "/v1/payment_methods/:id/attach",
    { customer: required(text()) },
    ({ world, ctx, id, params }) =>
      attachPaymentMethod(world, ctx, resolvePaymentMethod(world, ctx, id), params.customer),
  ),
  ownRoute("POST", "/v1/payment_methods/:id/detach", {}, ({ world, ctx, id }) =>
    detachPaymentMethod(world, ctx, id),
  ),
  ownRoute(
    "GET",
    "/v1/payment_methods",
    { ...paymentMethodFilter, customer: required(text()) },
    ({ world, params }) => {
      need(world.customers, "customer", params.customer, "customer");
      return listPaymentMethods(world, params, "/v1/payment_methods");
    },
  ),
];
