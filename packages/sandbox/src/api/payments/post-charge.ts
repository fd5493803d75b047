import { needCustomer } from "../../engine/customers/customer.js";
import { needCardSource } from "../../engine/methods/card-source.js";
import { methodOfCardToken } from "../../engine/methods/card-token.js";
import { checkPayable } from "../../engine/money/check-payable.js";
import { needCurrency } from "../../engine/money/currency.js";
import { createCharge } from "../../engine/payments/create-charge.js";
import { checkDescriptor } from "../../engine/payments/statement-descriptor.js";
import { intentShippingOf } from "../../engine/payments/update-payment-intent.js";
import type { Context } from "../../engine/world/context.js";
import { find } from "../../engine/world/find.js";
import { mergeMetadata } from "../../engine/world/metadata.js";
import { cardError, invalidRequest, missing } from "../../engine/world/stripe-error.js";
import type { PaymentMethod } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { route } from "../params/route.js";
import { atPayer } from "./confirmation.js";

type Payer = { customer?: string; source?: string };

const hasMethod = (world: World, customer: string): boolean =>
  Object.values(world.paymentMethods).some((method) => method.customer === customer);

const customersCard = (world: World, customer: string, source: string | undefined): PaymentMethod => {
  const id = source ?? (needCustomer(world, customer).default_source as string | null);
  const method = find(world.paymentMethods, id);
  if (id === null)
    throw cardError({
      code: "missing",
      message: hasMethod(world, customer)
        ? "This Customer doesn't have any legacy saved payment details, but does have a Payment Method attached. Use a " +
          "Payment Intent instead of creating a Charge: https://stripe.com/docs/payments/payment-intents/migration"
        : "This Customer doesn't have any saved payment details. Attach a legacy Token, Card, Bank Account, or Source " +
          "to this Customer and then try this request again, or use Payment Intents and Payment Methods instead.",
      param: "card",
    });
  if (method?.customer === customer && id.startsWith("card_")) return needCardSource(world, customer, id);
  throw invalidRequest(
    `Customer ${customer} does not have a linked source with ID ${id}.`,
    "missing",
    "source",
  );
};

/** The card to charge: one of the customer's, or one that a token brings for this once. */
const cardFor = (world: World, ctx: Context, { customer, source }: Payer): PaymentMethod => {
  if (customer !== undefined) return customersCard(world, customer, source);
  if (source === undefined) throw invalidRequest("Must provide source or customer.", "parameter_missing");
  if (!source.startsWith("tok_")) throw missing("token", source, "source");
  return methodOfCardToken(world, ctx, source, { prefix: "card" });
};

const needParam = <T>(value: T | undefined, param: string): T => {
  if (value !== undefined) return value;
  throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
};

/** `POST /v1/charges`: https://docs.stripe.com/payments/charges-api */
export const createChargeRoute = route(
  "POST /v1/charges",
  [
    "amount",
    "capture",
    "currency",
    "customer",
    "description",
    "metadata",
    "receipt_email",
    "shipping",
    "source",
    "statement_descriptor",
    "statement_descriptor_suffix",
  ],
  ({ world, ctx: now, params }) => {
    const ctx = atPayer(world, now, params.customer);
    const amount = needParam(params.amount, "amount");
    const currency = needCurrency(needParam(params.currency, "currency"), "currency");
    checkPayable(amount, currency);
    checkDescriptor(params.statement_descriptor, "statement_descriptor");
    checkDescriptor(params.statement_descriptor_suffix, "statement_descriptor_suffix");
    return createCharge(
      world,
      ctx,
      {
        amount,
        capture_method: params.capture === false ? "manual" : "automatic",
        currency,
        customer: params.customer ?? null,
        description: params.description || null,
        metadata: mergeMetadata({}, params.metadata),
        receipt_email: params.receipt_email || null,
        shipping: params.shipping ? intentShippingOf(params.shipping) : null,
        statement_descriptor: params.statement_descriptor || null,
        statement_descriptor_suffix: params.statement_descriptor_suffix || null,
      },
      cardFor(world, ctx, params),
    );
  },
);
