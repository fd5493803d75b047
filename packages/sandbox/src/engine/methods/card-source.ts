import { needCustomer } from "../customers/customer.js";
import type { Context } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { missing } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";
import { meanDate } from "./card-expiry.js";
import { askIssuer } from "./card-memory.js";
import { behaviourOfToken, methodOfCardToken } from "./card-token.js";
import { checkCanBeSaved } from "./payment-method.js";
import { toCardSource } from "./to-card-source.js";

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
  checkCanBeSaved(behaviourOfToken(world, fields.source));
  const method = methodOfCardToken(world, ctx, fields.source, {
    prefix: "card",
    metadata: fields.metadata ?? {},
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
