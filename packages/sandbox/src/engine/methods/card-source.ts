import { needCustomer } from "../customers/customer.js";
import type { Context } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { missing } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Card, PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";
import { meanDate } from "./card-expiry.js";
import { askIssuer } from "./card-memory.js";
import { checkCanBeSaved, createPaymentMethod } from "./payment-method.js";
import { cardOfToken, numberOfToken, readTestCard } from "./test-cards.js";

/**
 * A card of the old kind, `card_…`. It is stored as a payment method, as Stripe also shows it, and this is
 * how the sources API shows it.
 */
export const toCardSource = (method: PaymentMethod): Card => {
  const { address, name } = method.billing_details;
  const { card } = method;
  return {
    id: method.id,
    object: "card",
    address_city: address?.city ?? null,
    address_country: address?.country ?? null,
    address_line1: address?.line1 ?? null,
    address_line1_check: card?.checks?.address_line1_check ?? null,
    address_line2: address?.line2 ?? null,
    address_state: address?.state ?? null,
    address_zip: address?.postal_code ?? null,
    address_zip_check: card?.checks?.address_postal_code_check ?? null,
    allow_redisplay: "unspecified",
    brand: card?.brand ?? "unknown",
    country: card?.country ?? null,
    customer: method.customer,
    cvc_check: card?.checks?.cvc_check ?? null,
    dynamic_last4: null,
    exp_month: card?.exp_month ?? 1,
    exp_year: card?.exp_year ?? 1970,
    fingerprint: card?.fingerprint ?? null,
    funding: card?.funding ?? "unknown",
    last4: card?.last4 ?? "",
    metadata: method.metadata,
    name,
    regulated_status: card?.regulated_status ?? null,
    tokenization_method: null,
  };
};

/** A customer's card of the old kind, or Stripe's `resource_missing`. */
export const needCardSource = (world: World, customer: string, id: string): PaymentMethod => {
  const method = find(world.paymentMethods, id);
  if (!method?.id.startsWith("card_") || method.customer !== customer) throw missing("source", id);
  return method;
};

/** Gives a customer a card by a token such as `tok_visa`; the first one becomes the default. */
export const createCardSource = (
  world: World,
  given: Context,
  customerId: string,
  fields: { source: string; metadata?: MetadataChange },
): PaymentMethod => {
  const ctx = atCustomer(world, given, customerId);
  const customer = needCustomer(world, customerId);
  const number = numberOfToken(fields.source);
  if (number === undefined) throw missing("token", fields.source, "source");
  checkCanBeSaved(readTestCard(number).behaviour);
  const method = createPaymentMethod(world, ctx, {
    card: cardOfToken(ctx, number),
    metadata: fields.metadata ?? {},
    prefix: "card",
  });
  method.customer = customer.id;
  askIssuer(world, method);
  emit(world, ctx, "customer.source.created", toCardSource(method));
  if (customer.default_source === null)
    change(world, ctx, "customer.updated", customer, (draft) => {
      draft.default_source = method.id;
    });
  return method;
};

/** A new card takes the place of the default one, which is removed. https://docs.stripe.com/api/customers/update */
export const replaceCardSource = (world: World, given: Context, customerId: string, source: string): void => {
  const customer = needCustomer(world, customerId);
  const earlier = find(world.paymentMethods, customer.default_source as string | null);
  const method = createCardSource(world, given, customerId, { source });
  const ctx = atCustomer(world, given, customerId);
  change(world, ctx, "customer.updated", customer, (draft) => {
    draft.default_source = method.id;
  });
  if (earlier?.id.startsWith("card_")) deleteCardSource(world, ctx, earlier);
};

export type CardSourceChange = {
  exp_month?: number;
  exp_year?: number;
  name?: string;
  metadata?: MetadataChange;
};

export const updateCardSource = (
  world: World,
  ctx: Context,
  method: PaymentMethod,
  { exp_month, exp_year, name, metadata }: CardSourceChange,
): PaymentMethod => {
  const before = toCardSource(structuredClone(method));
  if (method.card && exp_month !== undefined) method.card.exp_month = exp_month;
  if (method.card && exp_year !== undefined) method.card.exp_year = exp_year;
  if (exp_month !== undefined || exp_year !== undefined) meanDate(world, method.id);
  if (name !== undefined) method.billing_details.name = name || null;
  method.metadata = mergeMetadata(method.metadata ?? {}, metadata);
  const after = toCardSource(method);
  change(world, ctx, "customer.source.updated", before, (draft) => Object.assign(draft, after));
  return method;
};

/** Removes a card of the old kind for good. */
export const deleteCardSource = (world: World, ctx: Context, method: PaymentMethod): void => {
  const customer = needCustomer(world, method.customer as string);
  const shown = toCardSource(method);
  delete world.paymentMethods[method.id];
  emit(world, ctx, "customer.source.deleted", shown);
  const others = Object.values(world.paymentMethods).filter(
    (row) => row.customer === customer.id && row.id.startsWith("card_"),
  );
  change(world, ctx, "customer.updated", customer, (draft) => {
    if (draft.default_source === method.id) draft.default_source = others[0]?.id ?? null;
  });
  for (const owner of [...Object.values(world.subscriptions), ...Object.values(world.invoices)])
    if (owner.default_source === method.id) owner.default_source = null;
};
